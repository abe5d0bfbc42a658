"""One act on several incidents: chosen in the queue, looked at before, and done one by one."""
