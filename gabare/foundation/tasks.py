from django_tasks import task


@task(priority=100)
def answer() -> str:
    """What `gabare doctor` asks of the worker: to be there."""
    return "present"
