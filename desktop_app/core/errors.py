"""Everything that can go wrong, as one tree.

::

    TelltaleError
    ├── SourceError                 what was dropped can't be fetched
    │   ├── MissingFileError        missing_file
    │   ├── UnreadableFileError     unreadable_file
    │   ├── NotAFileError           not_a_file
    │   ├── LinkLoopError           link_loop
    │   ├── EmptyFileError          empty_file
    │   ├── FileChangedError        file_changed
    │   ├── FileTooLargeError       file_too_large
    │   ├── EmptyFolderError        empty_folder
    │   ├── LinkNotSupportedError   link_not_supported
    │   ├── LinkError               a link didn't lead to a picture
    │   │   ├── LinkAddressError        link_address
    │   │   ├── LinkPrivateError        link_private
    │   │   ├── LinkUnreachableError    link_unreachable
    │   │   ├── LinkTimeoutError        link_timeout
    │   │   ├── LinkStatusError         link_status
    │   │   ├── LinkRedirectsError      link_redirects
    │   │   ├── LinkTooLargeError       link_too_large
    │   │   └── LinkIsPageError         link_is_page
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
    │   ├── ModelChangedError       model_changed
    │   ├── InferenceError          inference_failed
    │   └── CloudError              the cloud detector can't answer
    │       ├── UploadNotAcceptedError  upload_not_accepted   (pauses the queue)
    │       ├── KeyMissingError         key_missing           (pauses the queue)
    │       ├── KeyRejectedError        key_rejected          (pauses the queue)
    │       ├── KeyForbiddenError       key_forbidden         (pauses the queue)
    │       ├── CreditsError            credits_used_up       (pauses the queue)
    │       ├── ModelMissingError       model_missing         (pauses the queue)
    │       ├── ModelRetiredError       model_retired         (pauses the queue)
    │       ├── TooFastError            too_fast
    │       ├── ServiceFaultError       service_fault
    │       ├── ServiceUnreachableError service_unreachable
    │       ├── ServiceTimeoutError     service_timeout
    │       ├── PictureRejectedError    picture_rejected
    │       ├── PictureTooLargeError    picture_too_large
    │       └── AnswerError             answer_unusable
    ├── SecretsError                the keyring can't be used
    │   ├── KeyringMissingError     keyring_missing
    │   ├── KeyringLockedError      keyring_locked
    │   └── KeyringTimeoutError     keyring_timeout
    ├── TrustListError              trust_list
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
    default_message = "There is no such file, or no longer."
    default_hint = "Check its name; it may have been moved or deleted since."
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


class FileChangedError(SourceError):
    """What a file or a link gives is not what was checked."""

    code = "file_changed"
    default_message = "This picture has changed since it was checked."
    default_hint = "Check it again first."


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


class LinkError(SourceError):
    """A link didn't lead to a picture."""

    code = "link"


class LinkAddressError(LinkError):
    """Not an http or https address, or a malformed one."""

    code = "link_address"
    default_message = "Telltale can't open this address."
    default_hint = "It opens links that begin with https:// or http://, without a user name in them."


class LinkPrivateError(LinkError):
    """The link leads into a private network; ``host`` can be allowed by the user."""

    code = "link_private"
    default_message = "This link leads into a private network, not to the public internet."
    default_hint = "Allow this host if you know it, or save the picture and drop the file."

    def __init__(self, message: str = "", hint: str = "", host: str = "") -> None:
        super().__init__(message, hint)
        self.host = host


class LinkUnreachableError(LinkError):
    """No such host, connection refused or cut, TLS trouble."""

    code = "link_unreachable"
    default_message = "The server behind this link can't be reached."
    default_hint = "Check the link and your connection, then retry."
    retryable = True


class LinkTimeoutError(LinkError):
    """The server was too slow."""

    code = "link_timeout"
    default_message = "The server behind this link took too long."
    default_hint = "Retry later, or save the picture and drop the file."
    retryable = True


class LinkStatusError(LinkError):
    """The server answered with an error."""

    code = "link_status"
    default_message = "The server would not give out this picture."
    default_hint = "Open the link in a browser, save the picture and drop the file."


class LinkRedirectsError(LinkError):
    """More redirects than are followed, or one that may not be followed."""

    code = "link_redirects"
    default_message = "This link leads from page to page without end."
    default_hint = "Open it in a browser, save the picture and drop the file."


class LinkTooLargeError(LinkError):
    """More bytes than may be downloaded."""

    code = "link_too_large"
    default_message = "The picture behind this link is larger than the download limit."
    default_hint = "Raise the limit in Settings, or save the picture and drop the file."


class LinkIsPageError(LinkError):
    """The link leads to a web page; ``picture`` is the one that the page itself names (``og:image``), or ""."""

    code = "link_is_page"
    default_message = "This link leads to a web page, not to a picture."
    default_hint = "Open the page, and drag or copy the picture itself."

    def __init__(self, message: str = "", hint: str = "", picture: str = "") -> None:
        super().__init__(message, hint)
        self.picture = picture


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
    default_hint = "Choose another model; if it came with Telltale, install Telltale again."


class ModelBrokenError(DetectorError):
    """The ONNX file is missing, altered or can't be loaded."""

    code = "model_broken"
    default_message = "The model file is missing or damaged."
    default_hint = "Choose another model; if it came with Telltale, install Telltale again."


class ModelChangedError(DetectorError):
    """The model that would answer now is not the one that gave the answer at hand."""

    code = "model_changed"
    default_message = "This picture was checked with another model than the one that answers now."
    default_hint = "Check it again first."


class InferenceError(DetectorError):
    """The model failed on this picture or gave a number that means nothing."""

    code = "inference_failed"
    default_message = "The model could not give a number for this picture."
    default_hint = "Retry; if it happens again, please report it."
    retryable = True


class CloudError(DetectorError):
    """The cloud detector can't answer.

    Attributes:
        pauses_queue: the next picture would fail the same way, so the queue waits for the user instead.
    """

    code = "cloud"
    pauses_queue = False


class UploadNotAcceptedError(CloudError):
    """The user has not agreed that pictures leave this computer."""

    code = "upload_not_accepted"
    default_message = "Cloud mode sends pictures to NVIDIA, and you have not agreed to that yet."
    default_hint = "Agree in the window, or give --accept-upload on the command line."
    pauses_queue = True


class KeyMissingError(CloudError):
    """No key anywhere."""

    code = "key_missing"
    default_message = "Cloud mode needs a key from NVIDIA, and none is set."
    default_hint = 'Enter your key in Settings, or with the command "telltale key set".'
    pauses_queue = True


class KeyRejectedError(CloudError):
    """401."""

    code = "key_rejected"
    default_message = "NVIDIA does not accept this key."
    default_hint = "Enter a new key in Settings; keys come from build.nvidia.com, settings, API keys."
    pauses_queue = True


class KeyForbiddenError(CloudError):
    """403: a bad key, or one without the scope for public endpoints."""

    code = "key_forbidden"
    default_message = "This key may not use the detection service."
    default_hint = 'Make a key with the scope "Public API Endpoints" at build.nvidia.com and enter it in Settings.'
    pauses_queue = True


class CreditsError(CloudError):
    """402."""

    code = "credits_used_up"
    default_message = "The credits of your NVIDIA account are used up or expired."
    default_hint = "Look at your account at build.nvidia.com. Offline mode still works."
    pauses_queue = True


class ModelMissingError(CloudError):
    """404: no such function for this account, or a wrong address."""

    code = "model_missing"
    default_message = "The service does not know this model, or not for your account."
    default_hint = "Check the address in Settings and the key's scope. Offline mode still works."
    pauses_queue = True


class ModelRetiredError(CloudError):
    """410."""

    code = "model_retired"
    default_message = "NVIDIA has retired this model."
    default_hint = "Offline mode still works; look for a new version of Telltale."
    pauses_queue = True


class TooFastError(CloudError):
    """429, again and again."""

    code = "too_fast"
    default_message = "The service asks to be asked less often."
    default_hint = "Retry in a few minutes."
    retryable = True


class ServiceFaultError(CloudError):
    """5xx, or a degraded function, again and again."""

    code = "service_fault"
    default_message = "The detection service has a fault."
    default_hint = "Retry later. Offline mode still works."
    retryable = True


class ServiceUnreachableError(CloudError):
    """No connection, or one that was cut; TLS trouble."""

    code = "service_unreachable"
    default_message = "The detection service can't be reached."
    default_hint = "Check your connection, proxy and the address in Settings, then retry."
    retryable = True


class ServiceTimeoutError(CloudError):
    """No answer in time."""

    code = "service_timeout"
    default_message = "The detection service took too long."
    default_hint = "Retry; after a pause the service may need a minute to wake up."
    retryable = True


class PictureRejectedError(CloudError):
    """422 and other 4xx for this picture."""

    code = "picture_rejected"
    default_message = "The detection service refuses this picture."
    default_hint = "Try a copy saved as an ordinary JPEG."


class PictureTooLargeError(CloudError):
    """Nothing small enough to be sent can be made of the picture."""

    code = "picture_too_large"
    default_message = "This picture can't be made small enough to be sent."
    default_hint = "Use offline mode for it."


class AnswerError(CloudError):
    """200 with something that is no usable answer."""

    code = "answer_unusable"
    default_message = "The detection service answered with something that can't be used."
    default_hint = "Retry; if it happens again, the service may have changed."
    retryable = True


# ---------------------------------------------------------------- secrets


class SecretsError(TelltaleError):
    """The operating system's keyring can't be used."""

    code = "secrets"


class KeyringMissingError(SecretsError):
    """No keyring, or only one that would not keep a secret."""

    code = "keyring_missing"
    default_message = "This computer has no keyring that keeps secrets safely."
    default_hint = "The key can be kept in memory until Telltale is closed."


class KeyringLockedError(SecretsError):
    """The keyring is locked, or the user refused to unlock it."""

    code = "keyring_locked"
    default_message = "The keyring is locked."
    default_hint = "Unlock it and try again, or keep the key in memory until Telltale is closed."
    retryable = True


class KeyringTimeoutError(SecretsError):
    """The keyring did not answer in time; it may be waiting for a password somewhere."""

    code = "keyring_timeout"
    default_message = "The keyring does not answer; it may be asking for its password in another window."
    default_hint = "Look for that window, then try again, or keep the key in memory until Telltale is closed."
    retryable = True


# ---------------------------------------------------------------- the rest


class TrustListError(TelltaleError):
    """A list of certificates can't be used, fetched or kept."""

    code = "trust_list"
    default_message = "This trust list can't be used."
    default_hint = "Fetch it again, or pick the file (PEM) that its publisher offers."


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
