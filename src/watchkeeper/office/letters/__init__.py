"""The words of the letters that the desk sends to customers: changed by managers, looked at before they hold."""
