"""What the commands that copy, back up and restore a whole library say: German, English."""

LIBRARY_WORDS: dict[str, tuple[str, str]] = {
    # Copying into another database.
    "copy_copying": ("Kopieren", "Copying"),
    "copy_indexing": ("Suchindex anlegen", "Making the search index"),
    "copy_comparing": ("Vergleichen", "Comparing"),
    "copy_head_table": ("Tabelle", "Table"),
    "copy_head_source": ("Quelle", "Source"),
    "copy_head_target": ("Ziel", "Target"),
    "copy_head_checksum": ("Prüfsumme", "Checksum"),
    "copy_head_equal": ("Gleich", "Equal"),
    "copy_done": (
        "Alles ist angekommen und gleich. Starte die Videothek jetzt mit dieser Einstellung:\n"
        "  VIDEOTHEK_DATABASE_URL={url}\n"
        "Die Quelle ist unverändert; hebe sie auf, bis du dich überzeugt hast.",
        "All has arrived and is equal. Now start Videothek with this setting:\n"
        "  VIDEOTHEK_DATABASE_URL={url}\n"
        "The source is unchanged; keep it until you are convinced.",
    ),
    "copy_was_there": (
        "In {target} ist schon genau diese Bibliothek. Es war nichts zu kopieren.",
        "{target} holds exactly this library already. There was nothing to copy.",
    ),
    "copy_differs": (
        "In {target} ist NICHT dasselbe wie in der Quelle: {tables}. Benutze es nicht. Vielleicht wurde "
        "die Quelle zwischendurch verändert: halte die Videothek an, {advice}, und kopiere noch einmal.",
        "{target} does NOT hold the same as the source: {tables}. Don't use it. Perhaps the source was "
        "changed meanwhile: stop Videothek, {advice}, and copy again.",
    ),
    "copy_went_on": (
        "In {target} ist diese Bibliothek schon, aber nicht mehr dasselbe wie in der Quelle: "
        "{tables}. Es wurde nichts verändert. Wenn seit dem Kopieren mit {target} gearbeitet wurde, "
        "ist das richtig so: behalte es. Nur wenn die Quelle die ist, mit der du weiterarbeiten willst: "
        "{advice}, und kopiere noch einmal.",
        "{target} holds this library already, but no longer the same as the source: {tables}. Nothing "
        "was changed. If {target} has been worked with since it was copied, that is as it should be: "
        "keep it. Only if the source is the one you want to go on with: {advice}, and copy again.",
    ),
    "copy_empty_file": ("lösche die Datei des Ziels", "delete the target's file"),
    "copy_empty_server": (
        "lege als Ziel eine neue, leere Datenbank an (createdb NAME)",
        "make a new, empty database for the target (createdb NAME)",
    ),
    "copy_interrupted": (
        "Abgebrochen. Derselbe Befehl macht dort weiter.",
        "Interrupted. The same command goes on from there.",
    ),
    "copy_failed": (
        "Das Kopieren ist stehen geblieben: {reason}. Wenn das behoben ist, macht derselbe Befehl dort "
        "weiter.",
        "Copying has stopped: {reason}. Once that is put right, the same command goes on from there.",
    ),
    "copy_bad_address": (
        "„{address}“ ist weder eine Datei noch eine Adresse mit sqlite:// oder postgresql:// am Anfang.",
        "“{address}” is neither a file nor an address that begins with sqlite:// or postgresql://.",
    ),
    "copy_no_name": (
        "In der Adresse „{address}“ fehlt am Ende der Name der Datenbank.",
        "The address “{address}” lacks the name of the database at its end.",
    ),
    "copy_unreadable": (
        "{address} lässt sich nicht lesen: {reason}",
        "{address} can't be read: {reason}",
    ),
    "copy_no_same": (
        "Quelle und Ziel sind dieselbe Datenbank.",
        "Source and target are the same database.",
    ),
    "copy_no_source_empty": (
        "In {source} ist keine Bibliothek. Stimmt die Adresse?",
        "There is no library in {source}. Is the address right?",
    ),
    "copy_no_source_foreign": (
        "{source} ist keine Datenbank einer Videothek.",
        "{source} is not the database of a Videothek.",
    ),
    "copy_no_source_unfinished": (
        "{source} ist selbst eine Kopie, die nicht fertig geworden ist. Kopiere von der vollständigen "
        "Datenbank.",
        "{source} is itself a copy that was not finished. Copy from the whole database.",
    ),
    "copy_no_source_older": (
        "{source} ist von einer älteren Version. Starte darauf einmal diese Version (videothek serve), "
        "halte sie wieder an, und kopiere dann.",
        "{source} is from an older version. Start this version on it once (videothek serve), stop it "
        "again, and then copy.",
    ),
    "copy_no_source_newer": (
        "{source} ist von einer neueren Version. Nimm die zum Kopieren.",
        "{source} is from a newer version. Use that one to copy.",
    ),
    "copy_no_source_in_use": (
        "Auf {source} arbeitet noch eine Videothek. Halte sie an, damit nichts fehlt. (Ein Prozess, der "
        "abgestürzt ist, gilt noch eine halbe Minute als lebendig.)",
        "A Videothek still works on {source}. Stop it, so that nothing is missing. (A process that has "
        "crashed counts as living for half a minute.)",
    ),
    "copy_no_target_foreign": (
        "In {target} ist etwas anderes als eine Videothek. Zum Kopieren {advice}.",
        "{target} holds something other than a Videothek. To copy, {advice}.",
    ),
    "copy_no_target_newer": (
        "{target} ist von einer neueren Version. Nimm die zum Kopieren.",
        "{target} is from a newer version. Use that one to copy.",
    ),
    "copy_no_target_taken": (
        "In {target} ist schon eine andere Bibliothek. Überschrieben wird sie nicht: {advice}.",
        "{target} holds another library already. It is not overwritten: {advice}.",
    ),
    "copy_no_target_in_use": (
        "Auf {target} arbeitet noch eine Videothek. Halte sie an.",
        "A Videothek still works on {target}. Stop it.",
    ),
    "copy_no_target_begun_otherwise": (
        "In {target} hat eine andere Kopie begonnen: von einer anderen Bibliothek, oder mit einer "
        "anderen Version. Um neu zu beginnen, {advice}.",
        "Another copy into {target} was begun: of another library, or with another version. To begin "
        "anew, {advice}.",
    ),
    "copy_no_another_copies": (
        "In {target} kopiert gerade noch jemand. Lass nur einen davon laufen.",
        "Somebody else is copying into {target}. Let only one of them run.",
    ),
    "copy_no_row_refused": (
        "{target} nimmt eine Zeile der Tabelle {table} nicht an: {detail}",
        "{target} does not take a row of the table {table}: {detail}",
    ),
    # Backups.
    "backup_copying": ("Sichern", "Backing up"),
    "backup_saved": ("Gesichert: {name} ({size} MB)", "Saved: {name} ({size} MB)"),
    "backup_of_server": (
        "Diese Bibliothek ist in PostgreSQL. Sichere sie mit dessen eigenem Programm:\n  {command}",
        "This library is in PostgreSQL. Back it up with its own program:\n  {command}",
    ),
    "backup_failed": (
        "Die Sicherung {name} lässt sich nicht schreiben: {reason}",
        "The backup {name} can't be written: {reason}",
    ),
    "backup_no_nothing_there": (
        "Hier ist noch keine Bibliothek: {library}",
        "There is no library here yet: {library}",
    ),
    "backup_no_exists": (
        "{name} gibt es schon. Überschreiben: --force",
        "{name} is there already. Overwrite it: --force",
    ),
    "backup_no_damaged_library": (
        "Die Bibliothek {library} ist beschädigt; davon gibt es keine Sicherung. Spiele die letzte gute "
        "zurück: videothek restore DATEI",
        "The library {library} is damaged; there is no backup of that. Put the last good one back: "
        "videothek restore FILE",
    ),
    "backup_no_unfinished": (
        "In {library} ist erst ein Teil einer Bibliothek: derselbe Befehl copy-database macht damit "
        "weiter.",
        "Only a part of a library is in {library}: the same copy-database goes on with it.",
    ),
    "backup_no_same": (
        "{name} ist die Bibliothek selbst.",
        "{name} is the library itself.",
    ),
    # Putting one back.
    "restore_copying": ("Zurückspielen", "Restoring"),
    "restore_done": ("Zurückgespielt: {name}", "Restored: {name}"),
    "restore_aside": (
        "Die Bibliothek, wie sie vorher war, liegt daneben: {aside}",
        "The library as it was is kept beside it: {aside}",
    ),
    "restore_of_server": (
        "Diese Bibliothek ist in PostgreSQL. Halte die Videothek an, und spiele die Sicherung mit "
        "dessen eigenem Programm zurück:\n  {command}",
        "This library is in PostgreSQL. Stop Videothek, and put the backup back with its own program:\n"
        "  {command}",
    ),
    "restore_failed": (
        "{name} lässt sich nicht zurückspielen: {reason}",
        "{name} can't be restored: {reason}",
    ),
    "restore_no_missing": ("{name} gibt es nicht.", "There is no {name}."),
    "restore_no_folder": (
        "{name} ist ein Ordner. Nenne die Datei der Sicherung.",
        "{name} is a folder. Name the file of the backup.",
    ),
    "restore_no_unfinished": (
        "In {name} ist nur ein Teil einer Bibliothek. Die Bibliothek ist, wie sie war.",
        "Only a part of a library is in {name}. The library is as it was.",
    ),
    "restore_no_same": ("{name} ist die Bibliothek selbst.", "{name} is the library itself."),
    "restore_no_damaged": (
        "{name} ist beschädigt oder nicht vollständig. Die Bibliothek ist, wie sie war.",
        "{name} is damaged or not complete. The library is as it was.",
    ),
    "restore_no_foreign": (
        "{name} ist keine Sicherung einer Videothek. Die Bibliothek ist, wie sie war.",
        "{name} is not a backup of a Videothek. The library is as it was.",
    ),
    "restore_no_newer": (
        "{name} ist von einer neueren Version. Nimm die zum Zurückspielen. Die Bibliothek ist, wie sie "
        "war.",
        "{name} is from a newer version. Use that one to restore it. The library is as it was.",
    ),
    "restore_no_in_use": (
        "Die Videothek läuft noch, oder jemand hat ihre Datenbank offen. Halte sie an.",
        "Videothek is still running, or somebody has its database open. Stop it.",
    ),
}
