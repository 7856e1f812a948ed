from django_tasks import task

from gabare.mail import delivery


@task()
def deliver_letter(letter_id: int) -> bool:
    return delivery.deliver(letter_id)
