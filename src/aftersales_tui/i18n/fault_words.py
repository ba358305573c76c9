"""What is said when a file is at fault: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aftersales_tui.i18n import N_


@dataclass(frozen=True, slots=True)
class Fault:
    """What is said when the shop file, its disk or a configuration file is at fault."""

    happened: str
    safe: str
    to_do: str


FAULTS: Mapping[str, Fault] = {
    "backup_folder_missing": Fault(
        N_("The second folder for backups, {folder}, has had no copy for {days} days."),
        N_("The shop file and the backups beside it are whole."),
        N_("Plug the drive in, or name another folder: aftersales config set backup_folder FOLDER."),
    ),
    "busy": Fault(
        N_("Another seat is writing to the shop file and did not finish in time."),
        N_("Nothing is lost; nothing of this was written."),
        N_("Try again."),
    ),
    "busy_copying": Fault(
        N_("Another seat is copying the shop file and did not finish in time."),
        N_("Nothing is lost; nothing of this was done."),
        N_("Try again."),
    ),
    "config_no_access": Fault(
        N_("The settings in {file} may not be read or written."),
        N_("The shop file was not touched."),
        N_("Give yourself the right to that file and its folder."),
    ),
    "config_unreadable": Fault(
        N_("The settings in {file} cannot be understood, line {line}."),
        N_("The shop file was not touched."),
        N_("Correct that line, or move the file away to begin with the usual settings."),
    ),
    "copy_checksum_wrong": Fault(
        N_("The backup {file} is not the one that was verified when it was made: its checksum differs."),
        N_("The shop file was not touched."),
        N_("Take another backup; aftersales backup list says which are whole."),
    ),
    "copy_damaged": Fault(
        N_("Pages of the backup {file} cannot be read."),
        N_("The shop file was not touched."),
        N_("Take another backup; aftersales backup list says which are whole."),
    ),
    "copy_disk_full": Fault(
        N_("There is no room for a backup in {folder}."),
        N_("The shop file and the older backups are whole."),
        N_("Make room on that disk, then run aftersales backup."),
    ),
    "copy_missing": Fault(
        N_("There is no backup {file}."),
        N_("The shop file was not touched."),
        N_("Name a file, or the number that aftersales backup list shows."),
    ),
    "copy_newer": Fault(
        N_("The backup {file} was made by a newer program (version {found}, this one knows {known})."),
        N_("The shop file was not touched."),
        N_("Update this program, then put it back."),
    ),
    "copy_not_ours": Fault(
        N_("{file} is not a copy of a shop file."),
        N_("The shop file was not touched."),
        N_("Name a file, or the number that aftersales backup list shows."),
    ),
    "copy_not_read": Fault(
        N_("The backup {file} cannot be read: {reason}."),
        N_("The shop file was not touched."),
        N_("Give yourself the right to that file, or plug its drive in again."),
    ),
    "copy_not_whole": Fault(
        N_("The backup {file} did not hold what the shop file holds, and was thrown away."),
        N_("The shop file and the older backups were not touched."),
        N_("Run aftersales check."),
    ),
    "copy_not_written": Fault(
        N_("The backup {file} could not be written: {reason}."),
        N_("The shop file and the older backups are whole."),
        N_("Give yourself the right to that folder, or name another file: aftersales backup FILE."),
    ),
    "copy_stopped": Fault(
        N_("The backup was not finished in time."),
        N_("The shop file and the older backups are whole."),
        N_("It is made the next time; aftersales backup makes it now."),
    ),
    "copy_unfinished": Fault(
        N_("Beside {file} lies {side}: whoever copied it was not finished with it."),
        N_("The shop file was not touched."),
        N_("Take a backup that this program made."),
    ),
    "disk_full": Fault(
        N_("The disk with {file} is full."),
        N_("Everything saved before is whole; nothing of this was written."),
        N_("Make room on the disk, then try again."),
    ),
    "disk_not_written": Fault(
        N_("The disk with {file} did not take what was written."),
        N_("Everything saved before is whole; nothing of this was written."),
        N_("Look whether the disk is full or failing, then try again."),
    ),
    "forgotten_list": Fault(
        N_("The list of forgotten customers {file} cannot be read or written: {reason}."),
        N_("Nothing was changed."),
        N_("Give yourself the right to that file; without it a restore would bring people back."),
    ),
    "import_file_missing": Fault(
        N_("There is no file {file}."),
        N_("Nothing was brought in and nothing was changed."),
        N_("Look at the name of the file."),
    ),
    "import_file_unreadable": Fault(
        N_("{file} cannot be read: {reason}."),
        N_("Nothing was brought in and nothing was changed."),
        N_("Give yourself the right to read it, or copy it somewhere else."),
    ),
    "policy_unreadable": Fault(
        N_("The policy pack {file} cannot be read: {reason}."),
        N_("The shop file was not touched."),
        N_(
            "Correct that place, or save the file as plain text (UTF-8); docs/own-packs.md shows how one is "
            "written."
        ),
    ),
    "read_only": Fault(
        N_("The shop file {file} may not be written here."),
        N_("It was not changed."),
        N_("Give yourself the right to that file and its folder, or name another file with --db."),
    ),
    "sample_missing": Fault(
        N_("The sample shop is missing from this installation: {file}."),
        N_("No shop file was touched."),
        N_("Install the program again."),
    ),
    "shop_file_damaged": Fault(
        N_("Pages of the shop file {file} cannot be read."),
        N_("The file was not touched by this program."),
        N_("Run aftersales check to see what is readable, and put a backup back with aftersales restore."),
    ),
    "shop_file_empty": Fault(
        N_("The shop file {file} is empty: it holds not one byte."),
        N_("It was not touched."),
        N_("Put a backup back with aftersales restore; the folder backups beside it has them."),
    ),
    "shop_file_exists": Fault(
        N_("There already is a file {file}."),
        N_("It was not touched."),
        N_("Name another file with --db, or use this one."),
    ),
    "shop_file_gone": Fault(
        N_("The shop file {file} is gone, or the drive it is on."),
        N_("Everything saved before is in that file. Nothing was written since it went."),
        N_("Bring the file or the drive back under that name, then start the program again."),
    ),
    "shop_file_is_folder": Fault(
        N_("{file} is a folder, not a shop file."),
        N_("Nothing was made and nothing was changed."),
        N_("Look at the name after --db or in AFTERSALES_DB."),
    ),
    "shop_file_missing": Fault(
        N_("There is no shop file {file}."),
        N_("Nothing was made and nothing was changed."),
        N_("Run aftersales init to make one, or name another file with --db."),
    ),
    "shop_file_newer": Fault(
        N_("The shop file {file} was written by a newer program (version {found}, this one knows {known})."),
        N_("The file was not touched."),
        N_("Update this program at every seat."),
    ),
    "shop_file_not_ours": Fault(
        N_("{file} is not a shop file."),
        N_("It was not touched."),
        N_("Look at the name after --db or in AFTERSALES_DB."),
    ),
    "shop_file_on_network": Fault(
        N_("{file} lies on a network share ({kind}). Two computers writing there destroy a shop file."),
        N_("It was not touched."),
        N_("Keep it on a disk of one computer and reach that through ssh. A share is good for backups."),
    ),
    "shop_file_readable": Fault(
        N_("Other people on this computer may read the shop file {file}."),
        N_("It was not changed."),
        N_("Run aftersales check --repair: it makes the file yours alone."),
    ),
    "shop_file_replaced": Fault(
        N_("Another file has taken the place of the shop file {file} while it was open."),
        N_("Nothing was written into either of them since."),
        N_("Make sure that the right file has that name, then start the program again."),
    ),
    "shop_file_older": Fault(
        N_("The shop file {file} is from an older program (version {found}, this one needs {known})."),
        N_("The file was not touched."),
        N_("Start the program again: it brings the file up to date and keeps a copy of the old one."),
    ),
    "side_file_foreign": Fault(
        N_("Beside the shop file {file} lies {side}, which does not belong to it."),
        N_("Neither was touched: read together they would spoil the shop file."),
        N_("Move that side file to another folder, then run aftersales check."),
    ),
    "store_failed": Fault(
        N_("The shop file {file} did not accept this."),
        N_("Everything saved before is whole; nothing of this was written."),
        N_("Run aftersales check. The program's log says where it happened."),
    ),
    "template_broken": Fault(
        N_("The form {file} of this installation cannot be read: {reason}."),
        N_("Nothing was printed and nothing was changed."),
        N_("Install the program again."),
    ),
}
