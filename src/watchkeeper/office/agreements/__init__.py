"""What accounts bought: their licences and agreements, the SLAs over them, and what follows when one ends."""
