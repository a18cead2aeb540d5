"""Writing the forms: the workbooks that are sent, blank or already answered in part."""
