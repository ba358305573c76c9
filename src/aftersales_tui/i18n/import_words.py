"""What is said of other people's tables: of the file, of its columns, of a row that came in or stayed out."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.i18n import N_

SENTENCES: Mapping[str, str] = {
    # the file
    "import_empty": N_("There is nothing in {file}."),
    "import_encoding_unknown": N_("The letters of {file} cannot be read. Save it as UTF-8 and try again."),
    "import_encoding_wrong": N_("{file} cannot be read as {encoding}."),
    "import_file_too_large": N_("{file} is larger than {limit} MB. Divide it and bring in the parts."),
    "import_format_unknown": N_("“{value}” is not a format known here. Known are: {known}."),
    "import_header_unknown": N_(
        "The first line of {file} is not the header of the Open Repair Data Standard; it lacks: {missing}."
    ),
    "import_no_sheets": N_("{file} is no workbook, so it has no sheets."),
    "import_not_a_table": N_("{file} is not a table. Save it as CSV or as an Excel workbook (.xlsx)."),
    "import_old_excel": N_(
        "{file} is an old Excel workbook or has a password. Save it as .xlsx without a password, or as CSV."
    ),
    "import_other_sheets": N_(
        "Only the sheet {sheet} was read; the file also has: {known}. Name one with --sheet."
    ),
    "import_sheet_unknown": N_("There is no sheet “{text}”. The file has: {known}."),
    "import_too_many_columns": N_("The file has more than {limit} columns."),
    "import_too_many_rows": N_("The file has more than {limit} rows. Divide it and bring in the parts."),
    "import_workbook_broken": N_(
        "The workbook {file} is damaged. Open and save it in a spreadsheet, or save it as CSV."
    ),
    "import_workbook_too_large": N_("Unpacked, {file} is far too large for a list. Save the sheet as CSV."),
    # its columns
    "import_column_missing": N_(
        "No column is one of: {missing}. The file has: {columns}. Say which one it is, such as "
        '--map "COLUMN={first}".'
    ),
    "import_dates_ambiguous": N_(
        "Days such as 3/9/2025 under {column} could be meant in two ways; they were read as {order}. "
        "--dates dmy or --dates mdy says it for certain."
    ),
    "import_dates_contradict": N_(
        "Under {column} some days can only be day/month, others only month/day; what could be both was "
        "left out. "
        "--dates dmy or --dates mdy says it for certain."
    ),
    "import_field_unknown": N_("There is no field “{text}”. Known are: {known}."),
    "import_map_column_unknown": N_("There is no column “{text}”. The file has: {columns}."),
    "import_map_not_read": N_(
        "“{text}” says no column and field. Write COLUMN=FIELD, or COLUMN= to leave one out."
    ),
    # a row that stayed out
    "import_cell_too_long": N_("The cell under {column} is longer than {limit} characters."),
    "import_day_impossible": N_("The day {day} lies before {earliest} or after today."),
    "import_day_missing": N_("It does not say on which day the repair was."),
    "import_day_not_read": N_("“{text}” is not a day of the calendar."),
    "import_header_again": N_("The header stands here once more."),
    "import_id_missing": N_("The row has no id, so it could come in twice."),
    "import_id_twice": N_("The id {id} was in line {line} already; that row counts."),
    "import_letters_unreadable": N_("Letters of this row cannot be read; nothing of it was taken."),
    "import_no_unit": N_("Neither a serial number nor a product can be read."),
    "import_nobody": N_("Neither a name nor a phone can be read."),
    "import_person_ambiguous": N_("Several people have the phone {text}, and no name says which one."),
    "import_quote_misplaced": N_("A quotation mark stands inside a cell; write it twice there."),
    "import_quote_open": N_("A quotation mark opens here and never closes; nothing of this line was taken."),
    "import_row_empty": N_("Nothing in this row is under a column that comes in."),
    "import_row_ragged": N_("The row has {cells} cells, the header has {columns}."),
    "import_serial_of_other": N_(
        "The unit {serial} is on file for {customer}; here it is said to be of {text}."
    ),
    "import_serial_other_model": N_(
        "The serial {serial} is on file for {stored}; here it is said to be {text}."
    ),
    "import_serial_several": N_(
        "Several units on file have the serial {serial}; which one is meant is not clear."
    ),
    "import_serial_twice": N_(
        "The serial {serial} was in line {line} already, with another value for: {fields}. Line {line} "
        "counts."
    ),
    "import_serial_twice_model": N_(
        "The serial {serial} was in line {line} already, as {stored}; here it is {text}. Line {line} counts."
    ),
    "import_serial_twice_owner": N_(
        "The serial {serial} was in line {line} already, for {customer}; here it is for {text}. Line "
        "{line} counts."
    ),
    "import_status_unknown": N_(
        "“{text}” is not a repair status. They are Fixed, Repairable, End of life and Unknown."
    ),
    "import_total_row": N_("This is a line of totals."),
    # a row that came in
    "import_category_unknown": N_("“{text}” is no kind of product known here; the unit was put under other."),
    "import_cell_beyond": N_("“{text}” stands beside the table and was left out."),
    "import_cell_error": N_("Under {column} stands the error {text} instead of a value; it was left out."),
    "import_date_ambiguous": N_("{text} under {column} can be two days; it was left out."),
    "import_date_impossible": N_(
        "{text} under {column} lies before {earliest} or after today; it was left out."
    ),
    "import_date_missing": N_("No date of the unit is known; its warranty cannot be reckoned yet."),
    "import_date_month_only": N_("{text} under {column} is only a month; its first day was taken."),
    "import_date_not_read": N_("“{text}” under {column} is not a date; it was left out."),
    "import_date_other_order": N_(
        "{text} under {column} is written otherwise than the rest; it was read as {day}."
    ),
    "import_kept": N_("{fields} on file is {stored}, here {text}; what is on file was kept."),
    "import_line_encoding": N_(
        "This line is written in {encoding}, unlike the rest; look whether it is right."
    ),
    "import_phone_ambiguous": N_(
        "Several people have the phone {text}; the unit was put on file without a customer."
    ),
    "import_phone_damaged": N_("The spreadsheet has spoilt the phone {text}; it was left out."),
    "import_phone_not_read": N_("“{text}” is no phone; it was left out."),
    "import_row_short": N_("The row has {cells} of {columns} cells; the rest was taken for empty."),
    "import_same_as_line": N_("It says the same as line {line}."),
    "import_same_phone": N_("Somebody else is on file with the phone {text}; a new customer was made."),
    "import_serial_damaged": N_(
        "The spreadsheet has spoilt the serial {text}; it was left out. Format the column as text and "
        "bring it in again."
    ),
    "import_serial_decimal": N_("The serial stood there as a decimal number; it was read as {text}."),
    "import_serial_is_date": N_("The spreadsheet has made the date {text} of the serial; it was left out."),
    "import_serial_missing": N_("The unit has no serial number."),
    "import_serial_other_product": N_(
        "The serial {serial} is on file for {product}, of another brand; a unit of its own was made."
    ),
    "import_text_too_long": N_("The text “{text}” is longer than {limit} characters; it was left out."),
}
"""By the code of the problem."""
