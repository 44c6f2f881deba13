from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.search.bigrams import PIECE_SIZE, TERM_LENGTH, pairs, pieces, words_of_term
from gongkai.search.folding import fold

# Few characters, so that pairs repeat; punctuation and white space, which words must survive.
texts = st.text(alphabet="公开政府信息 \n《》\"'\\*:-a1", min_size=1, max_size=900).map(fold)


def holds(words: list[str], phrase: list[str]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


@settings(deadline=None, database=None)
@given(text=texts, data=st.data())
def test_a_term_stands_whole_in_one_piece(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    term = text[start : start + data.draw(st.integers(2, TERM_LENGTH))].split(" ")[0]
    if len(term) < 2:
        return
    assert any(holds(list(piece), words_of_term(term)) for piece in pieces(pairs(text)))


def test_the_longest_term_stands_whole_in_one_piece_wherever_it_begins() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 1_000)))
    cut = ["".join(piece) for piece in pieces(pairs(text))]
    for start in range(len(text) - TERM_LENGTH + 1):
        phrase = "".join(words_of_term(text[start : start + TERM_LENGTH]))
        assert any(phrase in piece for piece in cut), start


@settings(deadline=None, database=None)
@given(text=texts, term=st.text(alphabet="公开政府信息《》\"'*", min_size=2, max_size=4).map(fold))
def test_words_side_by_side_are_in_the_text(text: str, term: str) -> None:
    assert holds(pairs(text), words_of_term(term)) == (term in text)


@settings(deadline=None, database=None)
@given(text=texts)
def test_pieces_keep_within_their_size_and_leave_nothing_out(text: str) -> None:
    words = pairs(text)
    cut = list(pieces(words))
    assert all(len(piece) <= PIECE_SIZE for piece in cut)
    assert {word for piece in cut for word in piece} == set(words)


def test_words_hold_no_ascii_but_letters_and_digits() -> None:
    every = "".join(map(chr, range(128)))
    assert all(char.isalnum() or ord(char) > 127 for word in pairs(every) for char in word)
