"""`gouji serve` (服务): pages for people and an API for programs, on this machine.

`serve` opens the port, `app` puts together, `guard` stands before every route, `desk` does what a
visitor asks, `shelf` keeps it in the store, `vault` keeps files, `runner` feeds the workers, `errands`
draws pages and writes exports; `api/` answers programs, `views/` people.

What templates are given
    Every page: `say` (a sentence in the visitor's language: say("…", n=1)), `lang` ("zh", "en"),
    `languages` (this very page's address in each language), `version`, `path`, `form_token`, and
    `can_sign_out`; the labels of closed sets (`severities`, `grades`, `statuses`, `fates`, `families`, `kinds`).
    `place_link` and `finding_link` tell the macros of gouji.report (paper/…) where things are on this
    page. Everything is escaped; an undefined name is an error.

    home.html       `entries` (`Entry`, the latest first), `now`, `total`, `counts` (state → n), `page_number`,
                    `page_count`, `state`, `q`, `refused` (sentences), `text` (what was pasted,
                    where it was refused), `across` (id → findings across documents), `allowance` (`file_bytes`, `files`, `upload_bytes`), `keep_days`
    waiting.html    `entry` (queued, checking or failed), `now`: entry.position, entry.elapsed(now), entry.failure(say)
    report.html     `entry`, `report` (with decisions and what other documents say), `headline`, `part` (`Part`: html, before,
                    further, left), `beside` (`Beside`), `relations`, `facets`, `chosen`, `asked` (the filter as a query),
                    `matching`, `sheets` (`Sheet`: index, number, width, height, spots), `leaf` and `text` (pasted text, coloured;
                    None where it is loaded later), `notes`, `most_notes`, `formats`, `deleted_after`
    findings.html, finding.html, beside.html, text.html, boxes.html, boxes.svg.html: what that page loads later
    coverage.html   `entry`, `report`, `leaf` (`gouji.report.colouring.Leaf`), `text`, `page_number`, `page_count`,
                    `marked` (pages findings point at)
    checks.html     `entry`, `report`, `record` (`gouji.report.record.Entry`), `total`, `counts` (grade → n), `grade`,
                    `page_number`, `page_count`
    new_version.html `entry`, `allowance`     delete.html `entry`
    login.html      `sentence`                error.html `code`, `sentence`          api.html `schema`

What forms send (all by POST, each with `form_token`)
    /documents                                file (many), text, name, corrects     → 303, or the list with `refused`
    /documents/{id}/decisions/{fingerprint}   status (confirmed, dismissed, comment, none), reason, comment, by
                                              → 303 to /documents/{id}?from={fingerprint}#f-{fingerprint};
                                              with the header X-Part to /documents/{id}/findings/{fingerprint}
    /documents/{id}/check, /documents/{id}/delete, /login (token), /logout
    Links: /documents/{id}?severity=&grade=&family=&status=&from=, /documents/{id}/exports/{format}, ?lang=en anywhere.

What a script may ask
    GET /api/v1/documents/{id} tells state, position and elapsed seconds; GET /api/v1/documents lists;
    PUT and DELETE /api/v1/documents/{id}/decisions/{fingerprint} take JSON. Whatever changes something needs
    the header X-CSRF-Token with the content of <meta name="csrf-token">. Page images:
    /api/v1/documents/{id}/pages/{index}/image?zoom=1|1.5|2|3 (pixels a point); draw boxes in an SVG whose
    viewBox is the page in points, since the Content-Security-Policy allows no inline style or script.
"""
