"""What a declaration says of one model of workbook: its YAML, checked whole before anything is read."""
