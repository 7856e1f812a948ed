"""Sending what the outbox holds. The network is here and in `transports`, nowhere else."""

from gabare.foundation import clock
from gabare.mail import operations, transports
from gabare.mail.envelopes import message_of
from gabare.mail.queries import letters_due


def deliver(letter_id: int) -> bool:
    """Send one letter if it is due; true when it left.

    Nothing is locked while the network is slow. A crash between the sending and its record
    sends the letter again, under the same Message-ID: once more is better than never.
    """
    letter = operations.claim_letter(letter_id=letter_id, now=clock.machine_now())
    if letter is None:
        return False
    try:
        transports.send(message_of(letter))
    except (transports.Refused, transports.NotSent, ValueError) as error:
        for_good = not isinstance(error, transports.NotSent)  # ValueError: a malformed message
        operations.record_failure(letter_id=letter_id, error=str(error), for_good=for_good)
        return False
    operations.record_sent(letter_id=letter_id, now=clock.now())
    return True


def sweep() -> int:
    """Send every letter that is due, its task lost or its last try failed; how many left."""
    due = letters_due(clock.machine_now()).values_list("pk", flat=True)
    return sum(deliver(letter_id) for letter_id in list(due))
