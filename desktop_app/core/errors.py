"""Everything that can go wrong, as one tree.

::

    TelltaleError
    ├── SourceError                 what was dropped can't be fetched
    │   ├── MissingFileError        missing_file
    │   ├── UnreadableFileError     unreadable_file
    │   ├── NotAFileError           not_a_file
    │   ├── LinkLoopError           link_loop
    │   ├── EmptyFileError          empty_file
    │   ├── FileTooLargeError       file_too_large
    │   ├── EmptyFolderError        empty_folder
    │   ├── LinkNotSupportedError   link_not_supported
    │   └── NothingUsableError      nothing_usable
    ├── PictureError                the bytes are not a usable picture
    │   ├── NotAPictureError        not_a_picture
    │   ├── DamagedPictureError     damaged_picture
    │   ├── TooManyPixelsError      too_many_pixels
    │   ├── DecoderCrashedError     decoder_crashed
    │   ├── DecoderTimeoutError     decoder_timeout
    │   └── DecoderMemoryError      decoder_memory
    ├── DetectorError               the detector can't answer
    │   ├── DetectorUnavailableError  detector_unavailable
    │   ├── ModelCardError          model_card
    │   ├── ModelBrokenError        model_broken
    │   └── InferenceError          inference_failed
    ├── SettingsError               settings
    └── UnexpectedError             unexpected

Each leaf carries a stable ``code``, one sentence for people and one way out. Lower-level exceptions are mapped
once, at the border where they appear. :class:`Cancelled` stands apart: it is a wish, not an error.
"""

from __future__ import annotations


class TelltaleError(Exception):
    """Base of all errors that people see.

    Attributes:
        code: stable machine-readable name, snake case.
        message: one plain sentence that says what happened.
        hint: one plain sentence that says what to do; may be empty.
        retryable: whether the same item may succeed when tried again unchanged.
    """

    code = "error"
    default_message = "Something went wrong."
    default_hint = ""
    retryable = False

    def __init__(self, message: str = "", hint: str = "") -> None:
        self.message = message or self.default_message
        self.hint = hint or self.default_hint
        super().__init__(self.message)


class Cancelled(Exception):  # noqa: N818  # a wish, not an error: deliberately outside the tree
    """The user withdrew the work."""


# ---------------------------------------------------------------- sources


class SourceError(TelltaleError):
    """What was dropped can't be fetched."""

    code = "source"


class MissingFileError(SourceError):
    """The path leads nowhere (any more)."""

    code = "missing_file"
    default_message = "This file is no longer there."
    default_hint = "It may have been moved or deleted; drop it again from its new place."
    retryable = True


class UnreadableFileError(SourceError):
    """The operating system refused to open or read the file."""

    code = "unreadable_file"
    default_message = "This file can't be opened: you don't have permission to read it."
    default_hint = "Change its permissions or copy it to a folder of your own, then retry."
    retryable = True


class NotAFileError(SourceError):
    """A device, a pipe or a socket."""

    code = "not_a_file"
    default_message = "This is a device or a pipe, not a picture file."
    default_hint = "Drop ordinary files, or a folder of them."


class LinkLoopError(SourceError):
    """A symbolic link that leads back to itself or to a folder already being read."""

    code = "link_loop"
    default_message = "This link leads back to itself."
    default_hint = "Drop the folder or the file that it was meant to lead to."


class EmptyFileError(SourceError):
    """Zero bytes."""

    code = "empty_file"
    default_message = "This file is empty (0 bytes)."
    default_hint = "The download or copy probably failed; fetch it again."


class FileTooLargeError(SourceError):
    """More bytes than the limit in the settings."""

    code = "file_too_large"
    default_message = "This file is larger than the limit."
    default_hint = "Raise the limit in Settings, or make a smaller copy."


class EmptyFolderError(SourceError):
    """A folder with nothing to check in it."""

    code = "empty_folder"
    default_message = "There are no files in this folder."
    default_hint = "Drop a folder that holds pictures."


class LinkNotSupportedError(SourceError):
    """A web link, before cloud and download support exist."""

    code = "link_not_supported"
    default_message = "Links come with cloud and download support."
    default_hint = "For now, save the picture and drop the file."


class NothingUsableError(SourceError):
    """A drop or paste without files, links or picture data."""

    code = "nothing_usable"
    default_message = "There was no picture, file or link in what was dropped."
    default_hint = "Save the picture to a file first, then drop the file."


# ---------------------------------------------------------------- pictures


class PictureError(TelltaleError):
    """The bytes are not a usable picture."""

    code = "picture"


class NotAPictureError(PictureError):
    """The content is not one of the formats Telltale reads, whatever the name says."""

    code = "not_a_picture"
    default_message = "This file is not a picture that Telltale can read."
    default_hint = "It reads JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF and HEIC pictures."


class DamagedPictureError(PictureError):
    """Starts like a picture but can't be decoded to the end."""

    code = "damaged_picture"
    default_message = "This picture is damaged or cut off."
    default_hint = "Fetch the original again; the download or copy may have stopped early."


class TooManyPixelsError(PictureError):
    """More pixels than the limit in the settings; refused before decoding."""

    code = "too_many_pixels"
    default_message = "This picture has more pixels than the limit."
    default_hint = "Raise the limit in Settings, or make a smaller copy."


class DecoderCrashedError(PictureError):
    """The decoding process died on this picture."""

    code = "decoder_crashed"
    default_message = "Reading this picture crashed the decoder, so it was skipped."
    default_hint = "The file may be damaged or made to do harm; treat it with care."


class DecoderTimeoutError(PictureError):
    """Decoding took longer than the hard limit."""

    code = "decoder_timeout"
    default_message = "Reading this picture took too long, so it was stopped."
    default_hint = "Retry when the computer is less busy, or make a smaller copy."
    retryable = True


class DecoderMemoryError(PictureError):
    """Decoding asked for more memory than the decoder may have."""

    code = "decoder_memory"
    default_message = "Reading this picture needs more memory than the decoder may use."
    default_hint = "Make a smaller copy of the picture and drop that."


# ---------------------------------------------------------------- detectors


class DetectorError(TelltaleError):
    """The detector can't answer."""

    code = "detector"


class DetectorUnavailableError(DetectorError):
    """The chosen detector isn't ready to be used."""

    code = "detector_unavailable"
    default_message = "This detector is not available."
    default_hint = "Switch to offline mode."
    retryable = True


class ModelCardError(DetectorError):
    """The JSON card beside a model is missing, malformed or contradicts itself."""

    code = "model_card"
    default_message = "The card that describes the model can't be used."
    default_hint = "Reinstall Telltale, or choose another model."


class ModelBrokenError(DetectorError):
    """The ONNX file is missing, altered or can't be loaded."""

    code = "model_broken"
    default_message = "The model file is missing or damaged."
    default_hint = "Reinstall Telltale, or choose another model."


class InferenceError(DetectorError):
    """The model failed on this picture or gave a number that means nothing."""

    code = "inference_failed"
    default_message = "The model could not give a number for this picture."
    default_hint = "Retry; if it happens again, please report it."
    retryable = True


# ---------------------------------------------------------------- the rest


class SettingsError(TelltaleError):
    """The settings can't be saved."""

    code = "settings"
    default_message = "The settings could not be saved."
    default_hint = "Check that the disk is not full and the settings folder can be written."


class UnexpectedError(TelltaleError):
    """A fault of the program itself, mapped at the pipeline's border so that only one item fails."""

    code = "unexpected"
    default_message = "Telltale itself made a mistake on this item."
    default_hint = "Retry; if it happens again, please report it with the log."
    retryable = True
