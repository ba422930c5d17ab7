"""What the doctor says: what was looked at, how it is, and what to do about it; German, English."""

DOCTOR_WORDS: dict[str, tuple[str, str]] = {
    "doctor_well": ("Alles in Ordnung.", "All is well."),
    "doctor_reindexing": ("Der Suchindex wird neu angelegt", "Making the search index anew"),
    "doctor_reindexed": (
        "Suchindex neu angelegt: {count} Videos.",
        "Search index made anew: {count} videos.",
    ),
    "doctor_mostly_well": (
        "Nichts ist kaputt. Sieh dir an, was mit ! beginnt.",
        "Nothing is broken. Look at what begins with !.",
    ),
    "doctor_unknown": (
        "Das ließ sich nicht untersuchen: {reason}",
        "This could not be looked into: {reason}",
    ),
    # Settings.
    "doctor_settings": ("Die Einstellungen sind lesbar.", "The settings can be read."),
    "doctor_setting_bad": (
        "{name} ist nicht richtig: {reason}",
        "{name} is not right: {reason}",
    ),
    "doctor_setting_bad_advice": (
        "Die Tabelle im README sagt, was dort stehen kann.",
        "The table in the README says what it can be.",
    ),
    "doctor_setting_unknown": (
        "{name} ist keine Einstellung und bewirkt nichts.",
        "{name} is no setting and does nothing.",
    ),
    "doctor_setting_meant": ("Meinst du {name}?", "Do you mean {name}?"),
    "doctor_setting_remove": ("Entferne sie.", "Remove it."),
    "doctor_gateway": (
        "Anfragen an YouTube gehen stattdessen an {url}.",
        "Requests to YouTube go to {url} instead.",
    ),
    "doctor_gateway_advice": (
        "VIDEOTHEK_YOUTUBE_GATEWAY ist für Tests. Entferne es, um Videos von YouTube zu holen.",
        "VIDEOTHEK_YOUTUBE_GATEWAY is for tests. Remove it to fetch videos from YouTube.",
    ),
    "doctor_pacing": (
        "VIDEOTHEK_PACING_SCALE ist {scale}: YouTube würde {scale}-mal so schnell gefragt wie "
        "üblich.",
        "VIDEOTHEK_PACING_SCALE is {scale}: YouTube would be asked {scale} times as fast as usual.",
    ),
    "doctor_pacing_advice": (
        "Entferne es: YouTube sperrt, wer so schnell fragt.",
        "Remove it: YouTube blocks whoever asks so fast.",
    ),
    "doctor_no_sign_in": (
        "Unter {url} bleibt niemand angemeldet: Cookies gehen nur verschlüsselt.",
        "At {url} nobody stays signed in: cookies only go encrypted.",
    ),
    "doctor_no_sign_in_advice": (
        "Nimm eine Adresse mit https:// als VIDEOTHEK_PUBLIC_URL, oder entferne "
        "VIDEOTHEK_SECURE_COOKIES.",
        "Use an address with https:// as VIDEOTHEK_PUBLIC_URL, or remove VIDEOTHEK_SECURE_COOKIES.",
    ),
    "doctor_password": (
        "Das Passwort in VIDEOTHEK_OWNER_PASSWORD ist sehr kurz.",
        "The password in VIDEOTHEK_OWNER_PASSWORD is very short.",
    ),
    "doctor_password_advice": (
        "Nimm eines mit mindestens {least} Zeichen.",
        "Take one of at least {least} characters.",
    ),
    "doctor_no_page": (
        "Die Seite ist noch nicht gebaut: {name} fehlt.",
        "The page is not built yet: {name} is missing.",
    ),
    "doctor_no_page_advice": (
        "Führe „make build“ aus, oder prüfe VIDEOTHEK_FRONTEND_DIR.",
        "Run “make build”, or check VIDEOTHEK_FRONTEND_DIR.",
    ),
    # Disk.
    "doctor_disk": (
        "Freier Platz für {what}: {free} von {total}.",
        "Free space for {what}: {free} of {total}.",
    ),
    "doctor_disk_data": ("Daten", "data"),
    "doctor_disk_database": ("die Datenbank", "the database"),
    "doctor_disk_advice": (
        "Schaffe Platz: auf einem vollen Datenträger wird nichts mehr angenommen.",
        "Make room: on a full disk nothing more is accepted.",
    ),
    "doctor_folder": ("Ordner für Daten: {name}", "Folder for data: {name}"),
    "doctor_folder_bad": (
        "In den Ordner für Daten lässt sich nichts schreiben: {name}",
        "Nothing can be written into the folder for data: {name}",
    ),
    "doctor_folder_advice": (
        "Gib ihn dem Benutzer, unter dem die Videothek läuft, oder setze VIDEOTHEK_DATA_DIR.",
        "Give it to the user that runs Videothek, or set VIDEOTHEK_DATA_DIR.",
    ),
    # Database.
    "doctor_database": (
        "Die Datenbank antwortet: {kind} {version}, {size}.",
        "The database answers: {kind} {version}, {size}.",
    ),
    "doctor_locked": (
        "Die Datenbank ist gesperrt: ein anderes Programm schreibt schon lange hinein.",
        "The database is locked: another program has been writing to it for long.",
    ),
    "doctor_locked_advice": (
        "Warte einen Moment. Bleibt es so, beende, was sie offen hält (fuser {name}).",
        "Wait a moment. If it stays so, end what keeps it open (fuser {name}).",
    ),
    "doctor_read_only": (
        "In die Datenbank lässt sich nichts schreiben.",
        "Nothing can be written to the database.",
    ),
    "doctor_read_only_file": (
        "Gib {name} und den Ordner darum dem Benutzer, unter dem die Videothek läuft, und "
        "prüfe, ob der "
        "Datenträger nur lesbar eingehängt ist.",
        "Give {name} and the folder around it to the user that runs Videothek, and check "
        "whether the disk "
        "is mounted read-only.",
    ),
    "doctor_read_only_server": (
        "Dieser Server ist eine Kopie, oder default_transaction_read_only ist gesetzt. Zeige mit "
        "VIDEOTHEK_DATABASE_URL auf den Server, der schreibt.",
        "This server is a standby, or default_transaction_read_only is set. Point "
        "VIDEOTHEK_DATABASE_URL "
        "to the server that takes writes.",
    ),
    "doctor_full": (
        "Für die Datenbank ist kein Platz mehr.",
        "There is no space left for the database.",
    ),
    "doctor_damaged": (
        "Die Datenbank ist beschädigt: {reason}",
        "The database is damaged: {reason}",
    ),
    "doctor_damaged_advice": (
        "Halte die Videothek an, bewahre {name} auf, und spiele die letzte Sicherung zurück "
        "(docs/moving-and-backups.md).",
        "Stop Videothek, keep {name}, and restore the last backup (docs/moving-and-backups.md).",
    ),
    "doctor_sound": ("Die Datenbank ist unbeschädigt.", "The database is undamaged."),
    "doctor_schema": (
        "Die Datenbank passt zu dieser Version der Videothek ({revision}).",
        "The database fits this version of Videothek ({revision}).",
    ),
    "doctor_schema_older": (
        "Die Datenbank ist von einer älteren Version ({revision}); der nächste Start bringt "
        "sie auf {head}.",
        "The database is of an older version ({revision}); the next start brings it to {head}.",
    ),
    "doctor_schema_older_advice": (
        "Sichere sie vorher.",
        "Back it up before that.",
    ),
    "doctor_schema_newer": (
        "Die Datenbank ist von einer neueren Version der Videothek ({revision}).",
        "The database is of a newer version of Videothek ({revision}).",
    ),
    "doctor_schema_newer_advice": (
        "Aktualisiere dieses Programm: mit {head} kann es nicht mit ihr arbeiten.",
        "Update this program: with {head} it can't work with it.",
    ),
    "doctor_unfinished": (
        "In der Datenbank ist erst ein Teil einer Bibliothek.",
        "Only a part of a library is in the database.",
    ),
    "doctor_unfinished_advice": (
        "Derselbe Befehl „videothek copy-database“ macht damit weiter.",
        "The same “videothek copy-database” goes on with it.",
    ),
    "doctor_schema_none": (
        "In der Datenbank ist noch nichts; der erste Start legt alles an.",
        "There is nothing in the database yet; the first start makes everything.",
    ),
    "doctor_connections": (
        "Verbindungen zur Datenbank: {used} von {most}.",
        "Connections to the database: {used} of {most}.",
    ),
    "doctor_connections_advice": (
        "Jeder Prozess der Videothek nimmt bis zu 20. Erhöhe max_connections, oder starte "
        "weniger Prozesse.",
        "Each process of Videothek takes up to 20. Raise max_connections, or start fewer "
        "processes.",
    ),
    # Clock.
    "doctor_clock": (
        "Die Uhr geht wie die von {where}.",
        "The clock agrees with that of {where}.",
    ),
    "doctor_clock_off": (
        "Die Uhr weicht um {seconds} Sekunden von der von {where} ab.",
        "The clock differs by {seconds} seconds from that of {where}.",
    ),
    "doctor_clock_advice": (
        "Stelle sie mit NTP (timedatectl set-ntp true): Anmeldungen und Wartezeiten hängen daran.",
        "Set it by NTP (timedatectl set-ntp true): sign-ins and waiting times depend on it.",
    ),
    "doctor_clock_database": ("der Datenbank", "the database"),
    # Upstream.
    "doctor_upstream": ("{where} antwortet.", "{where} answers."),
    "doctor_upstream_bad": (
        "{where} ist nicht zu erreichen: {reason}",
        "{where} can't be reached: {reason}",
    ),
    "doctor_upstream_name": ("der Name lässt sich nicht auflösen.", "its name can't be resolved."),
    "doctor_upstream_refused": (
        "die Verbindung wird abgelehnt.",
        "the connection is refused.",
    ),
    "doctor_upstream_timeout": ("es kommt keine Antwort.", "no answer comes."),
    "doctor_upstream_tls": (
        "das Zertifikat ist nicht in Ordnung.",
        "the certificate is not right.",
    ),
    "doctor_upstream_proxy": (
        "der Proxy lässt uns nicht durch.",
        "the proxy does not let us through.",
    ),
    "doctor_upstream_trouble": (
        "es meldet einen eigenen Fehler ({status}).",
        "it reports trouble of its own ({status}).",
    ),
    "doctor_upstream_other": ("{detail}", "{detail}"),
    "doctor_upstream_advice": (
        "Prüfe die Verbindung ins Internet und den Namensdienst. Was schon angenommen ist, "
        "wartet so lange.",
        "Check the connection to the internet and the name service. What was accepted waits "
        "meanwhile.",
    ),
    "doctor_upstream_proxy_advice": (
        "Prüfe VIDEOTHEK_YOUTUBE_PROXY.",
        "Check VIDEOTHEK_YOUTUBE_PROXY.",
    ),
    "doctor_upstream_gateway_advice": (
        "Prüfe VIDEOTHEK_YOUTUBE_GATEWAY.",
        "Check VIDEOTHEK_YOUTUBE_GATEWAY.",
    ),
    "doctor_upstream_tls_advice": (
        "Prüfe die Uhr, und ob etwas dazwischen Verbindungen aufbricht.",
        "Check the clock, and whether something in between opens connections.",
    ),
    "doctor_upstream_wall": (
        "{where} antwortet, hält uns aber gerade für einen Roboter.",
        "{where} answers, but takes us for a robot right now.",
    ),
    "doctor_upstream_wall_advice": (
        "Es geht von selbst weiter. Hält es tagelang an, hilft eine andere Adresse nach außen "
        "(VIDEOTHEK_YOUTUBE_PROXY).",
        "It goes on by itself. If it lasts for days, another address to the outside helps "
        "(VIDEOTHEK_YOUTUBE_PROXY).",
    ),
    # Work.
    "doctor_work": (
        "Arbeit: {running} im Gange, {waiting} warten, {later} kommen später.",
        "Work: {running} under way, {waiting} waiting, {later} later.",
    ),
    "doctor_work_abandoned": (
        "{count} Schritte gehören Prozessen, die es nicht mehr gibt.",
        "{count} steps belong to processes that are gone.",
    ),
    "doctor_work_idle": (
        "{lane}: {count} Schritte warten seit {minutes} Minuten, und niemand arbeitet.",
        "{lane}: {count} steps have been waiting for {minutes} minutes, and nobody works.",
    ),
    "doctor_work_advice": (
        "Starte „videothek serve“ oder „videothek worker“ (ohne --lanes, oder mit dieser); läuft schon "
        "einer, sieh in sein Protokoll.",
        "Start “videothek serve” or “videothek worker” (without --lanes, or with this one); if one is "
        "running, look into its log.",
    ),
    "doctor_lane_paused": (
        "{lane}: Pause bis {at}, {count} warten. {why}",
        "{lane}: pauses until {at}, {count} waiting. {why}",
    ),
    "doctor_database_new": (
        "Die Datenbank wird beim ersten Start angelegt.",
        "The database will be made at the first start.",
    ),
    "doctor_database_advice": (
        "Prüfe VIDEOTHEK_DATABASE_URL, und ob die Datenbank läuft.",
        "Check VIDEOTHEK_DATABASE_URL, and whether the database is running.",
    ),
    "doctor_off_advice": (
        "Wenn du sie möchtest: setze VIDEOTHEK_GROQ_API_KEY, oder, um sie auf diesem Rechner zu "
        "erstellen, VIDEOTHEK_TRANSCRIPTION_PROVIDER=local.",
        "If you want them: set VIDEOTHEK_GROQ_API_KEY, or, to make them on this machine, "
        "VIDEOTHEK_TRANSCRIPTION_PROVIDER=local.",
    ),
    "doctor_cloud": (
        "Untertitel aus dem Ton: {model} unter {url} ist bereit.",
        "Captions from the sound: {model} at {url} is ready.",
    ),
    "doctor_home": (
        "Untertitel aus dem Ton: auf diesem Rechner mit dem Modell {model}.",
        "Captions from the sound: on this machine with the model {model}.",
    ),
    "doctor_key_advice": (
        "Prüfe VIDEOTHEK_GROQ_API_KEY: {url} nimmt ihn nicht an.",
        "Check VIDEOTHEK_GROQ_API_KEY: {url} does not accept it.",
    ),
    "doctor_model_advice": (
        "Prüfe VIDEOTHEK_GROQ_MODEL und VIDEOTHEK_GROQ_BASE_URL: {url} kennt {model} nicht.",
        "Check VIDEOTHEK_GROQ_MODEL and VIDEOTHEK_GROQ_BASE_URL: {url} does not know {model}.",
    ),
    "doctor_no_answer": (
        "Unter {url} antwortet niemand, der Untertitel erstellt: {reason}",
        "Nobody who makes captions answers at {url}: {reason}",
    ),
    "doctor_no_answer_advice": (
        "Prüfe VIDEOTHEK_GROQ_BASE_URL und die Verbindung ins Internet. Sobald wieder jemand "
        "antwortet, "
        "geht es von selbst weiter.",
        "Check VIDEOTHEK_GROQ_BASE_URL and the connection to the internet. As soon as "
        "somebody answers, "
        "it goes on by itself.",
    ),
    "doctor_provider": (
        "Anmelden unter {url} geht. Dort muss {back} als Rücksprung-Adresse eingetragen sein.",
        "Signing in at {url} works. {back} has to be registered there as the address to come back to.",
    ),
    "doctor_no_provider": (
        "Unter {url} antwortet kein Anmeldedienst: {reason}",
        "No provider to sign in at answers at {url}: {reason}",
    ),
    "doctor_no_provider_advice": (
        "Prüfe VIDEOTHEK_OIDC_ISSUER und die Verbindung dorthin. Passwörter gelten weiter.",
        "Check VIDEOTHEK_OIDC_ISSUER and the connection to it. Passwords go on working.",
    ),
    "doctor_no_whisper": (
        "Untertitel sollen auf diesem Rechner entstehen, aber faster-whisper fehlt.",
        "Captions are to be made on this machine, but faster-whisper is missing.",
    ),
    "doctor_no_whisper_advice": (
        'Installiere es: pip install "videothek[whisper]"',
        'Install it: pip install "videothek[whisper]"',
    ),
    "doctor_model_path_advice": (
        "Prüfe VIDEOTHEK_WHISPER_MODEL: {name} ist kein Ordner mit einem Modell.",
        "Check VIDEOTHEK_WHISPER_MODEL: {name} is no folder with a model.",
    ),
}
