"""Mail, by any SMTP server that the installation names."""
