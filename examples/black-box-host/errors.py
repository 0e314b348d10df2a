"""The errors of the contract."""


class PublicError(Exception):
    """Its name and message are shown to clients; every other exception is masked."""

    @property
    def name(self):
        return type(self).__name__


class UnauthorizedError(PublicError):
    pass


class ForbiddenError(PublicError):
    pass


class UnknownRouteError(PublicError):
    pass


class ChannelClosedError(Exception):
    """What calls on a closed channel are refused with; clients never see it."""


class NotAnError(Exception):
    """Stands for a thrown value that is no error, in a language that throws nothing else."""


def name_of(error):
    return "" if isinstance(error, NotAnError) else type(error).__name__
