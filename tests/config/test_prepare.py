from config.management.commands.prepare import for_its_owner_alone


def test_the_embedded_database_is_for_its_owner_alone(tmp_path):
    files = [tmp_path / f"gabare.sqlite3{end}" for end in ("", "-wal", "-shm")]
    for file in files:
        file.touch(mode=0o644)
    for_its_owner_alone(files[0])
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_name_that_is_no_file_is_left_alone(tmp_path):
    beside = tmp_path / "gabare-notes.txt"
    beside.touch(mode=0o644)
    for_its_owner_alone(tmp_path / "gabare")
    assert beside.stat().st_mode & 0o777 == 0o644
