"""A HEIC file built by hand: no free encoder comes with the project, and no foreign picture is committed.

HEVC can carry raw samples (``pcm_flag``, ITU-T H.265 7.3.8.7). With one coding block a tree block and everything
optional switched off, three bins a block remain for the arithmetic coder, and the decoder gives back exactly the
samples that went in.
"""

from __future__ import annotations

import struct

_BLOCK = 32
_VPS, _SPS, _PPS, _IDR = 32, 33, 34, 19
# H.265 table 9-52, last column, rows 0 to 7: the range of the less probable part_mode bin in block 0, 1, 2 …
_LPS_RANGES = (240, 227, 216, 205, 195, 185, 175, 166)


class _Bits:
    """Bits written most significant first."""

    def __init__(self) -> None:
        self.text = ""

    def u(self, value: int, width: int = 1) -> None:
        self.text += format(value, f"0{width}b")

    def ue(self, *values: int) -> None:
        for value in values:
            code = format(value + 1, "b")
            self.text += "0" * (len(code) - 1) + code

    def align(self, first: str = "") -> None:
        self.text += first
        self.text += "0" * (-len(self.text) % 8)

    def raw(self, data: bytes) -> None:
        self.text += "".join(format(byte, "08b") for byte in data)

    def done(self) -> bytes:
        return bytes(int(self.text[at : at + 8], 2) for at in range(0, len(self.text), 8))


def grey_heic(width: int, height: int, levels: bytes, *, quarter_turns: int = 0) -> bytes:
    """Return a HEIC file of grey samples.

    Args:
        width, height: multiples of 32, at most 8 blocks of 32 x 32 in all.
        levels: one byte a pixel, row after row.
        quarter_turns: anticlockwise, as the ``irot`` property says.
    """
    parameter_sets = [(_VPS, _vps()), (_SPS, _sps(width, height)), (_PPS, _pps())]
    slice_unit = _unit(_IDR, _slice(width, height, levels))
    return _container(
        width, height, parameter_sets, struct.pack(">I", len(slice_unit)) + slice_unit, quarter_turns
    )


def _unit(kind: int, payload: bytes) -> bytes:
    escaped = bytearray()
    zeros = 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            escaped.append(3)
            zeros = 0
        escaped.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes([kind << 1, 1]) + bytes(escaped)


def _profile(bits: _Bits) -> None:
    bits.u(0, 3)
    bits.u(3, 5)  # Main Still Picture
    bits.u(0x70000000, 32)
    bits.u(0b1001, 4)
    bits.u(0, 44)
    bits.u(93, 8)  # level 3.1


def _vps() -> bytes:
    bits = _Bits()
    bits.u(0b0000_11, 6)
    bits.u(0, 6)
    bits.u(0b000_1, 4)
    bits.u(0xFFFF, 16)
    _profile(bits)
    bits.u(1)
    bits.ue(0, 0, 0)
    bits.u(0, 6)
    bits.ue(0)
    bits.u(0, 2)
    bits.align("1")
    return bits.done()


def _sps(width: int, height: int) -> bytes:
    bits = _Bits()
    bits.u(0b0000_000_1, 8)
    _profile(bits)
    bits.ue(0, 1, width, height)  # id, 4:2:0
    bits.u(0)
    bits.ue(0, 0, 0)
    bits.u(1)
    bits.ue(0, 0, 0)
    bits.ue(2, 0, 0, 3, 0, 0)  # blocks of 32, transforms of 4 to 32
    bits.u(0b000, 3)
    bits.u(1)  # PCM, 8 bits, blocks of 32, no filter over it
    bits.u(7, 4)
    bits.u(7, 4)
    bits.ue(2, 0)
    bits.u(1)
    bits.ue(0)
    bits.u(0b00000, 5)
    bits.align("1")
    return bits.done()


def _pps() -> bytes:
    bits = _Bits()
    bits.ue(0, 0)
    bits.u(0, 7)
    bits.ue(0, 0, 0)
    bits.u(0b000, 3)
    bits.ue(0, 0)
    bits.u(0, 7)
    bits.u(0b101, 3)  # deblocking off
    bits.u(0b00, 2)
    bits.ue(0)
    bits.u(0b00, 2)
    bits.align("1")
    return bits.done()


def _slice(width: int, height: int, levels: bytes) -> bytes:
    bits = _Bits()
    bits.u(0b10, 2)
    bits.ue(0, 2, 0)
    bits.align("1")
    corners = [(x, y) for y in range(0, height, _BLOCK) for x in range(0, width, _BLOCK)]
    for index, (x, y) in enumerate(corners):
        bits.text += _block_prefix(index)
        bits.align()
        for row in range(y, y + _BLOCK):
            bits.raw(levels[row * width + x : row * width + x + _BLOCK])
        bits.raw(b"\x80" * (_BLOCK * _BLOCK // 2))  # both chroma planes at half size: no colour
    bits.text += _flushed(510 - 2)  # end_of_slice_segment_flag = 1
    bits.align()
    return bits.done()


def _block_prefix(index: int) -> str:
    """Return the coded bins end_of_slice_segment_flag = 0 (but before the first), part_mode = 1, pcm_flag = 1."""
    span = 510 if index == 0 else 510 - 2
    return _flushed(span - _LPS_RANGES[index] - 2)


def _flushed(low: int) -> str:
    """Return the arithmetic coder's bits when it ends on a terminating bin (H.265 9.3.4.9.5)."""
    bits = ""
    outstanding = 0
    first = True

    def put(bit: int) -> None:
        nonlocal bits, outstanding, first
        bits += ("" if first else str(bit)) + str(1 - bit) * outstanding
        outstanding, first = 0, False

    for _ in range(7):
        if low >= 512:
            low -= 512
            put(1)
        elif low < 256:
            put(0)
        else:
            low -= 256
            outstanding += 1
        low <<= 1
    put(low >> 9 & 1)
    return bits + format(low >> 7 & 3 | 1, "02b")


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


# Samples from 0 to 255, not the 16 to 235 of television (H.273).
_FULL_RANGE = _box(b"colr", b"nclx", struct.pack(">HHHB", 1, 13, 6, 0x80))


def _container(width: int, height: int, sets: list[tuple[int, bytes]], coded: bytes, quarter_turns: int) -> bytes:
    arrays = b""
    for kind, payload in sets:
        unit = _unit(kind, payload)
        arrays += struct.pack(">BHH", 0x80 | kind, 1, len(unit)) + unit
    config = struct.pack(
        ">BBI6sBHBBBBHBB",
        1,
        3,
        0x70000000,
        b"\x90\0\0\0\0\0",
        93,
        0xF000,
        0xFC,
        0xFD,
        0xF8,
        0xF8,
        0,
        0x0F,
        len(sets),
    )
    properties = [_box(b"hvcC", config, arrays), _full(b"ispe", struct.pack(">II", width, height)), _FULL_RANGE]
    if quarter_turns:
        properties.append(_box(b"irot", bytes([quarter_turns])))
    links = bytes(0x80 | number for number in range(1, len(properties) + 1))
    ftyp = _box(b"ftyp", b"heic", b"\0\0\0\0", b"mif1heic")

    def meta(offset: int) -> bytes:
        return _full(
            b"meta",
            _full(b"hdlr", b"\0\0\0\0pict", b"\0" * 13),
            _full(b"pitm", struct.pack(">H", 1)),
            _full(b"iloc", struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(coded))),
            _full(b"iinf", struct.pack(">H", 1), _full(b"infe", struct.pack(">HH", 1, 0), b"hvc1\0", version=2)),
            _box(
                b"iprp",
                _box(b"ipco", *properties),
                _full(b"ipma", struct.pack(">IHB", 1, 1, len(links)), links),
            ),
        )

    offset = len(ftyp) + len(meta(0)) + 8
    return ftyp + meta(offset) + _box(b"mdat", coded)
