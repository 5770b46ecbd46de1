"""What people type, in forms and in workbooks, read into exact values or refused in words."""
