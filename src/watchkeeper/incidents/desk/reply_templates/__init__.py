"""What the team says again and again: reply templates that managers keep, and whose words a reply begins with."""
