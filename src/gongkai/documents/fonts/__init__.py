"""The typefaces of printed documents (`README.md` names them and their licences)."""

from pathlib import Path

FOLDER = Path(__file__).parent
FANG = "FandolFang R"
KAI = "FandolKai"
SONG = "FandolSong"
HEI = "FandolHei"
# Has the characters of names that the others lack.
FALLBACK = "LXGW WenKai"
