"""What a row of an office's workbook says: values for a register, or the reason why not."""
