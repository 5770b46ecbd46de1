"""Files come in: scanned, looked through or drawn anew, kept sealed; and go out again."""

from pairing.files.services.keeping import SoundFile, inspect_file, keep_file, open_file
from pairing.files.services.scanning import refuse_infected

__all__ = ["SoundFile", "inspect_file", "keep_file", "open_file", "refuse_infected"]
