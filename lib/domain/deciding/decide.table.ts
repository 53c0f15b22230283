/**
 * What the gates must decide, row by row: kind | severity | channel | local time, Europe/Paris where no
 * zone is named | what holds besides | fate, reason and release by the same clock. Numbers are minutes:
 * `left:10` ten ago, `window:3`, `muted:60`, `type-muted:60` and `expires:1` from now. Behind `>` stands
 * what is decided on the channel that stands in for WhatsApp: `asked`, `gone` (no address), `stopped`
 * (opted out) and `mute` (no sender) name others than its own.
 */
export const DECISIONS = `
# nothing stands in the way
reply         | low      | sms      | 2026-03-10 10:00                   |                                            | queued
message       | low      | sms      | 2026-03-10 10:00                   |                                            | queued
alert         | low      | sms      | 2026-03-10 10:00                   |                                            | queued
transactional | low      | sms      | 2026-03-10 10:00                   |                                            | queued
reminder      | low      | sms      | 2026-03-10 10:00                   |                                            | queued
system        | low      | sms      | 2026-03-10 10:00                   |                                            | queued
alert         | low      | email    | 2026-03-10 10:00                   |                                            | queued
alert         | low      | whatsapp | 2026-03-10 10:00                   |                                            | queued
alert         | medium   | web      | 2026-03-10 10:00                   |                                            | web
transactional | medium   | web      | 2026-03-10 10:00                   |                                            | web
reminder      | medium   | web      | 2026-03-10 10:00                   |                                            | web
system        | low      | web      | 2026-03-10 10:00                   |                                            | web
# 1 address: for every kind; verified only where the workspace demands it, of users, for what comes by itself
reply         | critical | sms      | 2026-03-10 10:00                   | no-address                                 | refused no_address
message       | critical | sms      | 2026-03-10 10:00                   | no-address                                 | refused no_address
alert         | critical | sms      | 2026-03-10 10:00                   | no-address                                 | refused no_address
transactional | critical | sms      | 2026-03-10 10:00                   | no-address                                 | refused no_address
reminder      | critical | sms      | 2026-03-10 10:00                   | no-address                                 | refused no_address
system        | critical | sms      | 2026-03-10 10:00                   | no-address                                 | refused no_address
alert         | low      | web      | 2026-03-10 10:00                   | no-address                                 | refused no_address
alert         | critical | email    | 2026-03-10 10:00                   | no-address                                 | refused no_address
reply         | high     | sms      | 2026-03-10 10:00                   | unverified demanded user                   | queued
message       | high     | sms      | 2026-03-10 10:00                   | unverified demanded user                   | queued
alert         | high     | sms      | 2026-03-10 10:00                   | unverified demanded user                   | refused unverified_address
transactional | high     | sms      | 2026-03-10 10:00                   | unverified demanded user                   | refused unverified_address
reminder      | high     | sms      | 2026-03-10 10:00                   | unverified demanded user                   | refused unverified_address
system        | high     | sms      | 2026-03-10 10:00                   | unverified demanded user                   | queued
alert         | critical | sms      | 2026-03-10 10:00                   | unverified demanded user                   | refused unverified_address
alert         | high     | sms      | 2026-03-10 10:00                   | unverified demanded                        | queued
alert         | high     | sms      | 2026-03-10 10:00                   | unverified user                            | queued
alert         | high     | sms      | 2026-03-10 10:00                   | demanded user                              | queued
reminder      | low      | sms      | 2026-03-10 10:00                   | unverified demanded user now               | refused unverified_address
# 2 sender: for every kind
reply         | critical | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender
message       | critical | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender
alert         | critical | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender
transactional | critical | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender
reminder      | critical | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender
system        | critical | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender
reply         | low      | sms      | 2026-03-10 10:00                   | no-credentials                             | refused no_credentials
message       | low      | sms      | 2026-03-10 10:00                   | no-credentials                             | refused no_credentials
alert         | low      | sms      | 2026-03-10 10:00                   | no-credentials                             | refused no_credentials
transactional | low      | sms      | 2026-03-10 10:00                   | no-credentials                             | refused no_credentials
reminder      | low      | sms      | 2026-03-10 10:00                   | no-credentials                             | refused no_credentials
system        | low      | sms      | 2026-03-10 10:00                   | no-credentials                             | refused no_credentials
reply         | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed
message       | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed
alert         | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed
transactional | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed
reminder      | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed
system        | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed
alert         | high     | sms      | 2026-03-10 10:00                   | no-sender now                              | refused no_sender
# 2 else the next channel: SMS, then e-mail, by their own gates, and nothing twice
alert         | high     | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed > sms queued
transactional | low      | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed > sms queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed > sms queued
system        | low      | whatsapp | 2026-03-10 10:00                   | window-closed                              | refused whatsapp_window_closed > sms queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   |                                            | queued > none
reminder      | low      | sms      | 2026-03-10 10:00                   | no-sender                                  | refused no_sender > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | no-sender                                  | refused no_sender > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | no-address window-closed                   | refused no_address > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | expires:0 window-closed                    | expired > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed asked:sms                    | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed asked:web,email              | refused whatsapp_window_closed > sms queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed asked:sms gone:sms           | refused whatsapp_window_closed > email queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed asked:sms,email gone:sms     | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed gone:sms                     | refused whatsapp_window_closed > email queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed mute:sms                     | refused whatsapp_window_closed > email queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed stopped:sms                  | refused whatsapp_window_closed > email queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed channel-off:sms              | refused whatsapp_window_closed > email queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed category-off:sms             | refused whatsapp_window_closed > email queued
alert         | high     | whatsapp | 2026-03-10 10:00                   | window-closed defaults                     | refused whatsapp_window_closed > email queued
alert         | critical | whatsapp | 2026-03-10 10:00                   | window-closed defaults                     | refused whatsapp_window_closed > sms queued
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed gone:sms,email               | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed stopped:sms,email            | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed mute:sms gone:email          | refused whatsapp_window_closed > none
# what is not wanted by WhatsApp comes by nothing in its place
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed channel-off:whatsapp         | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed category-off:whatsapp        | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed opted-out                    | refused whatsapp_window_closed > none
alert         | critical | whatsapp | 2026-03-10 10:00                   | window-closed muted:60                     | refused whatsapp_window_closed > none
alert         | medium   | whatsapp | 2026-03-10 10:00                   | window-closed defaults                     | refused whatsapp_window_closed > none
reminder      | low      | whatsapp | 2026-03-10 10:00                   | window-closed type-inactive                | refused whatsapp_window_closed > none
alert         | critical | whatsapp | 2026-03-10 10:00                   | window-closed unverified demanded user     | refused unverified_address > none
# the next channel is kept by what keeps any
alert         | high     | whatsapp | 2026-03-10 23:30                   | window-closed night                        | refused whatsapp_window_closed > sms held quiet_hours 2026-03-11 07:00
alert         | high     | whatsapp | 2026-03-14 10:00                   | window-closed work                         | refused whatsapp_window_closed > sms held outside_working_hours 2026-03-16 08:00
alert         | high     | whatsapp | 2026-03-10 10:00                   | window-closed max:1 left:30                | refused whatsapp_window_closed > sms bundled over_cap 2026-03-10 10:30
alert         | high     | whatsapp | 2026-03-10 10:00                   | window-closed window:3                     | refused whatsapp_window_closed > sms bundled aggregated 2026-03-10 10:03
alert         | high     | whatsapp | 2026-03-10 23:30                   | window-closed night asked:sms              | refused whatsapp_window_closed > none
alert         | high     | whatsapp | 2026-03-10 23:30                   | window-closed night now                    | refused whatsapp_window_closed > sms queued
# 3 consent: for every kind, the critical and the immediate too
reply         | low      | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
message       | low      | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
alert         | low      | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
transactional | low      | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
reminder      | low      | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
system        | low      | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
reply         | critical | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
message       | critical | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
alert         | critical | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
transactional | critical | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
reminder      | critical | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
system        | critical | sms      | 2026-03-10 10:00                   | opted-out                                  | refused opted_out
message       | low      | sms      | 2026-03-10 10:00                   | opted-out now                              | refused opted_out
alert         | critical | whatsapp | 2026-03-10 10:00                   | opted-out now                              | refused opted_out
# 4 choice: only for what comes by itself
reply         | high     | sms      | 2026-03-10 10:00                   | muted:60                                   | queued
message       | high     | sms      | 2026-03-10 10:00                   | muted:60                                   | queued
alert         | high     | sms      | 2026-03-10 10:00                   | muted:60                                   | refused muted
transactional | high     | sms      | 2026-03-10 10:00                   | muted:60                                   | refused muted
reminder      | high     | sms      | 2026-03-10 10:00                   | muted:60                                   | refused muted
system        | high     | sms      | 2026-03-10 10:00                   | muted:60                                   | queued
reply         | high     | sms      | 2026-03-10 10:00                   | type-off                                   | queued
message       | high     | sms      | 2026-03-10 10:00                   | type-off                                   | queued
alert         | high     | sms      | 2026-03-10 10:00                   | type-off                                   | refused type_off
transactional | high     | sms      | 2026-03-10 10:00                   | type-off                                   | refused type_off
reminder      | high     | sms      | 2026-03-10 10:00                   | type-off                                   | refused type_off
system        | high     | sms      | 2026-03-10 10:00                   | type-off                                   | queued
reply         | critical | sms      | 2026-03-10 10:00                   | type-inactive                              | queued
message       | critical | sms      | 2026-03-10 10:00                   | type-inactive                              | queued
alert         | critical | sms      | 2026-03-10 10:00                   | type-inactive                              | refused type_inactive
transactional | critical | sms      | 2026-03-10 10:00                   | type-inactive                              | refused type_inactive
reminder      | critical | sms      | 2026-03-10 10:00                   | type-inactive                              | refused type_inactive
system        | critical | sms      | 2026-03-10 10:00                   | type-inactive                              | queued
alert         | critical | sms      | 2026-03-10 10:00                   | type-inactive muted:60                     | refused type_inactive
reply         | high     | sms      | 2026-03-10 10:00                   | category-off:sms                           | queued
message       | high     | sms      | 2026-03-10 10:00                   | category-off:sms                           | queued
alert         | high     | sms      | 2026-03-10 10:00                   | category-off:sms                           | refused category_off
transactional | high     | sms      | 2026-03-10 10:00                   | category-off:sms                           | refused category_off
reminder      | high     | sms      | 2026-03-10 10:00                   | category-off:sms                           | refused category_off
system        | high     | sms      | 2026-03-10 10:00                   | category-off:sms                           | queued
reply         | high     | sms      | 2026-03-10 10:00                   | channel-off:sms                            | queued
message       | high     | sms      | 2026-03-10 10:00                   | channel-off:sms                            | queued
alert         | high     | sms      | 2026-03-10 10:00                   | channel-off:sms                            | refused channel_off
transactional | high     | sms      | 2026-03-10 10:00                   | channel-off:sms                            | refused channel_off
reminder      | high     | sms      | 2026-03-10 10:00                   | channel-off:sms                            | refused channel_off
system        | high     | sms      | 2026-03-10 10:00                   | channel-off:sms                            | queued
alert         | critical | sms      | 2026-03-10 10:00                   | muted:60                                   | refused muted
alert         | critical | sms      | 2026-03-10 10:00                   | muted:60 now                               | refused muted
transactional | low      | sms      | 2026-03-10 10:00                   | muted:60 timely                            | refused muted
alert         | high     | sms      | 2026-03-10 10:00                   | muted:-1                                   | queued
alert         | high     | sms      | 2026-03-10 10:00                   | muted:0                                    | queued
alert         | high     | sms      | 2026-03-10 10:00                   | muted:1                                    | refused muted
alert         | critical | email    | 2026-03-10 10:00                   | type-off                                   | refused type_off
alert         | high     | email    | 2026-03-10 10:00                   | category-off:sms                           | queued
alert         | high     | web      | 2026-03-10 10:00                   | category-off:web                           | refused category_off
alert         | high     | web      | 2026-03-10 10:00                   | channel-off:web                            | refused channel_off
alert         | high     | email    | 2026-03-10 10:00                   | channel-off:web                            | queued
reminder      | critical | whatsapp | 2026-03-10 10:00                   | channel-off:whatsapp                       | refused channel_off
transactional | high     | sms      | 2026-03-10 10:00                   | channel-off:sms now                        | refused channel_off
alert         | critical | sms      | 2026-03-10 10:00                   | type-muted:60                              | refused type_muted
transactional | high     | email    | 2026-03-10 10:00                   | type-muted:60 now                          | refused type_muted
reminder      | high     | web      | 2026-03-10 10:00                   | type-muted:1 timely                        | refused type_muted
alert         | high     | sms      | 2026-03-10 10:00                   | type-muted:0                               | queued
system        | high     | sms      | 2026-03-10 10:00                   | type-muted:60                              | queued
# 5 severity: only of alerts, at least the channel's minimum
alert         | low      | sms      | 2026-03-10 10:00                   | min-sms:low                                | queued
alert         | medium   | sms      | 2026-03-10 10:00                   | min-sms:low                                | queued
alert         | high     | sms      | 2026-03-10 10:00                   | min-sms:low                                | queued
alert         | critical | sms      | 2026-03-10 10:00                   | min-sms:low                                | queued
alert         | low      | sms      | 2026-03-10 10:00                   | min-sms:medium                             | refused severity_too_low
alert         | medium   | sms      | 2026-03-10 10:00                   | min-sms:medium                             | queued
alert         | high     | sms      | 2026-03-10 10:00                   | min-sms:medium                             | queued
alert         | critical | sms      | 2026-03-10 10:00                   | min-sms:medium                             | queued
alert         | low      | sms      | 2026-03-10 10:00                   | min-sms:high                               | refused severity_too_low
alert         | medium   | sms      | 2026-03-10 10:00                   | min-sms:high                               | refused severity_too_low
alert         | high     | sms      | 2026-03-10 10:00                   | min-sms:high                               | queued
alert         | critical | sms      | 2026-03-10 10:00                   | min-sms:high                               | queued
alert         | low      | sms      | 2026-03-10 10:00                   | min-sms:critical                           | refused severity_too_low
alert         | medium   | sms      | 2026-03-10 10:00                   | min-sms:critical                           | refused severity_too_low
alert         | high     | sms      | 2026-03-10 10:00                   | min-sms:critical                           | refused severity_too_low
alert         | critical | sms      | 2026-03-10 10:00                   | min-sms:critical                           | queued
alert         | low      | email    | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | medium   | email    | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | high     | email    | 2026-03-10 10:00                   | defaults                                   | queued
alert         | critical | email    | 2026-03-10 10:00                   | defaults                                   | queued
alert         | low      | whatsapp | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | medium   | whatsapp | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | high     | whatsapp | 2026-03-10 10:00                   | defaults                                   | queued
alert         | critical | whatsapp | 2026-03-10 10:00                   | defaults                                   | queued
alert         | low      | web      | 2026-03-10 10:00                   | defaults                                   | web
alert         | medium   | web      | 2026-03-10 10:00                   | defaults                                   | web
alert         | high     | web      | 2026-03-10 10:00                   | defaults                                   | web
alert         | critical | web      | 2026-03-10 10:00                   | defaults                                   | web
alert         | low      | sms      | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | medium   | sms      | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | high     | sms      | 2026-03-10 10:00                   | defaults                                   | refused severity_too_low
alert         | critical | sms      | 2026-03-10 10:00                   | defaults                                   | queued
message       | low      | sms      | 2026-03-10 10:00                   | min-sms:critical                           | queued
transactional | low      | sms      | 2026-03-10 10:00                   | min-sms:critical                           | queued
reminder      | low      | sms      | 2026-03-10 10:00                   | min-sms:critical                           | queued
system        | low      | sms      | 2026-03-10 10:00                   | min-sms:critical                           | queued
reply         | low      | sms      | 2026-03-10 10:00                   | min-sms:critical                           | queued
alert         | high     | sms      | 2026-03-10 10:00                   | min-sms:critical now                       | refused severity_too_low
# 6 quiet hours: the recipient's own, until they end
reply         | high     | sms      | 2026-03-10 23:30                   | night                                      | queued
message       | high     | sms      | 2026-03-10 23:30                   | night                                      | queued
alert         | high     | sms      | 2026-03-10 23:30                   | night                                      | held quiet_hours 2026-03-11 07:00
transactional | high     | sms      | 2026-03-10 23:30                   | night                                      | held quiet_hours 2026-03-11 07:00
reminder      | high     | sms      | 2026-03-10 23:30                   | night                                      | held quiet_hours 2026-03-11 07:00
system        | high     | sms      | 2026-03-10 23:30                   | night                                      | queued
alert         | high     | email    | 2026-03-10 23:30                   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | whatsapp | 2026-03-10 23:30                   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | web      | 2026-03-10 23:30                   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 21:59                   | night                                      | queued
alert         | high     | sms      | 2026-03-10 22:00                   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-11 06:59                   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-11 07:00                   | night                                      | queued
alert         | high     | sms      | 2026-03-11 00:00                   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | critical | sms      | 2026-03-10 23:30                   | night                                      | queued
alert         | critical | sms      | 2026-03-10 23:30                   | night critical-held                        | held quiet_hours 2026-03-11 07:00
alert         | critical | sms      | 2026-03-10 10:00                   | night critical-held                        | queued
transactional | critical | sms      | 2026-03-10 23:30                   | night                                      | queued
transactional | critical | sms      | 2026-03-10 23:30                   | night critical-held                        | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 23:30                   | night now                                  | queued
alert         | critical | sms      | 2026-03-10 23:30                   | night critical-held now                    | queued
transactional | low      | sms      | 2026-03-10 23:30                   | night timely                               | queued
reminder      | low      | sms      | 2026-03-10 23:30                   | night timely                               | queued
alert         | high     | sms      | 2026-03-10 23:30                   | night timely                               | held quiet_hours 2026-03-11 07:00
transactional | critical | sms      | 2026-03-10 23:30                   | night critical-held timely                 | queued
# 6 quiet hours of weekdays: a night belongs to the day it starts on
alert         | high     | sms      | 2026-03-13 23:00                   | friday-night                               | held quiet_hours 2026-03-14 09:00
alert         | high     | sms      | 2026-03-14 08:00                   | friday-night                               | held quiet_hours 2026-03-14 09:00
alert         | high     | sms      | 2026-03-14 23:00                   | friday-night                               | queued
alert         | high     | sms      | 2026-03-13 08:00                   | friday-night                               | queued
alert         | high     | sms      | 2026-03-14 10:00                   | weekend                                    | held quiet_hours 2026-03-16 00:00
alert         | high     | sms      | 2026-03-15 23:59                   | weekend                                    | held quiet_hours 2026-03-16 00:00
alert         | high     | sms      | 2026-03-16 00:00                   | weekend                                    | queued
alert         | high     | sms      | 2026-03-13 23:59                   | weekend                                    | queued
alert         | high     | sms      | 2026-03-14 23:00                   | weekend night                              | held quiet_hours 2026-03-16 07:00
alert         | high     | sms      | 2026-03-13 22:30                   | weekend night                              | held quiet_hours 2026-03-16 07:00
alert         | high     | sms      | 2026-03-10 12:30                   | lunch                                      | held quiet_hours 2026-03-10 14:00
alert         | high     | sms      | 2026-03-10 14:00                   | lunch                                      | queued
alert         | high     | sms      | 2026-03-10 13:59                   | lunch night                                | held quiet_hours 2026-03-10 14:00
# 6 quiet hours in the recipient's zone and across clock changes
alert         | high     | sms      | 2026-03-10 23:30 Africa/Dakar      | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 23:30 America/Cayenne   | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 23:30 Pacific/Noumea    | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 23:30 Asia/Kathmandu    | night                                      | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 12:00 America/Guadeloupe | night                                      | queued
alert         | high     | sms      | 2026-03-28 23:00                   | night                                      | held quiet_hours 2026-03-29 07:00
alert         | high     | sms      | 2026-03-29 03:30                   | night                                      | held quiet_hours 2026-03-29 07:00
alert         | high     | sms      | 2026-10-24 23:00                   | night                                      | held quiet_hours 2026-10-25 07:00
alert         | high     | sms      | 2026-10-25 06:59                   | night                                      | held quiet_hours 2026-10-25 07:00
alert         | high     | sms      | 2026-10-25 07:00                   | night                                      | queued
alert         | high     | sms      | 2026-03-29 01:30                   | small-hours                                | held quiet_hours 2026-03-29 03:30
alert         | high     | sms      | 2026-03-29 03:29                   | small-hours                                | held quiet_hours 2026-03-29 03:30
alert         | high     | sms      | 2026-03-29 03:30                   | small-hours                                | queued
alert         | high     | sms      | 2026-10-25 01:30                   | small-hours                                | held quiet_hours 2026-10-25 02:30
alert         | high     | sms      | 2026-12-31 23:30                   | night                                      | held quiet_hours 2027-01-01 07:00
alert         | high     | sms      | 2028-02-28 23:30                   | night                                      | held quiet_hours 2028-02-29 07:00
# 7 working hours of the workspace, if it set them
reply         | high     | sms      | 2026-03-10 19:00                   | work                                       | queued
message       | high     | sms      | 2026-03-10 19:00                   | work                                       | queued
alert         | high     | sms      | 2026-03-10 19:00                   | work                                       | held outside_working_hours 2026-03-11 08:00
transactional | high     | sms      | 2026-03-10 19:00                   | work                                       | held outside_working_hours 2026-03-11 08:00
reminder      | high     | sms      | 2026-03-10 19:00                   | work                                       | held outside_working_hours 2026-03-11 08:00
system        | high     | sms      | 2026-03-10 19:00                   | work                                       | queued
alert         | high     | sms      | 2026-03-10 10:00                   | work                                       | queued
alert         | high     | sms      | 2026-03-10 07:59                   | work                                       | held outside_working_hours 2026-03-10 08:00
alert         | high     | sms      | 2026-03-10 08:00                   | work                                       | queued
alert         | high     | sms      | 2026-03-10 18:00                   | work                                       | held outside_working_hours 2026-03-11 08:00
alert         | high     | sms      | 2026-03-13 18:30                   | work                                       | held outside_working_hours 2026-03-16 08:00
alert         | high     | sms      | 2026-03-15 10:00                   | work                                       | held outside_working_hours 2026-03-16 08:00
alert         | critical | sms      | 2026-03-15 10:00                   | work                                       | queued
alert         | critical | sms      | 2026-03-15 10:00                   | work critical-held                         | queued
alert         | high     | sms      | 2026-03-15 10:00                   | work now                                   | queued
transactional | high     | sms      | 2026-03-15 10:00                   | work timely                                | queued
reminder      | high     | sms      | 2026-03-15 10:00                   | work timely                                | queued
alert         | high     | sms      | 2026-03-15 10:00                   | work timely                                | held outside_working_hours 2026-03-16 08:00
alert         | high     | email    | 2026-03-15 10:00                   | work                                       | held outside_working_hours 2026-03-16 08:00
# 8 cap: over all sources, in the last sixty minutes, only of alerts and never on the web
alert         | high     | sms      | 2026-03-10 10:00                   | max:2                                      | queued
alert         | high     | sms      | 2026-03-10 10:00                   | max:2 left:10                              | queued
alert         | high     | sms      | 2026-03-10 10:00                   | max:2 left:10,20                           | bundled over_cap 2026-03-10 10:40
alert         | high     | sms      | 2026-03-10 10:00                   | max:2 left:10,20 separate                  | held over_cap 2026-03-10 10:40
alert         | high     | sms      | 2026-03-10 10:00                   | max:2 left:10,60                           | queued
alert         | high     | sms      | 2026-03-10 10:00                   | max:2 left:10,59                           | bundled over_cap 2026-03-10 10:01
alert         | high     | sms      | 2026-03-10 10:00                   | max:2 left:5,10,20                         | bundled over_cap 2026-03-10 10:50
alert         | high     | sms      | 2026-03-10 10:00                   | max:3 left:1,2,3 separate                  | held over_cap 2026-03-10 10:57
alert         | high     | sms      | 2026-03-10 10:00                   | max:1 left:0                               | bundled over_cap 2026-03-10 11:00
alert         | high     | email    | 2026-03-10 10:00                   | max:1 left:30                              | bundled over_cap 2026-03-10 10:30
alert         | high     | whatsapp | 2026-03-10 10:00                   | max:1 left:30                              | bundled over_cap 2026-03-10 10:30
alert         | high     | web      | 2026-03-10 10:00                   | max:1 left:30                              | web
alert         | critical | sms      | 2026-03-10 10:00                   | max:1 left:30                              | queued
alert         | critical | sms      | 2026-03-10 10:00                   | max:1 left:30 separate critical-held       | queued
alert         | high     | sms      | 2026-03-10 10:00                   | max:1 left:30 now                          | bundled over_cap 2026-03-10 10:30
alert         | high     | sms      | 2026-03-10 10:00                   | max:5 left:1,2,3,4                         | queued
alert         | high     | sms      | 2026-03-10 10:00                   | max:5 left:1,2,3,4,5                       | bundled over_cap 2026-03-10 10:55
alert         | high     | sms      | 2026-03-10 10:00                   | left:1,2,3,4,5,6,7,8,9                     | queued
reply         | high     | sms      | 2026-03-10 10:00                   | max:1 left:30                              | queued
message       | high     | sms      | 2026-03-10 10:00                   | max:1 left:30                              | queued
transactional | high     | sms      | 2026-03-10 10:00                   | max:1 left:30                              | queued
reminder      | high     | sms      | 2026-03-10 10:00                   | max:1 left:30                              | queued
system        | high     | sms      | 2026-03-10 10:00                   | max:1 left:30                              | queued
# 9 aggregation: the first at once, more of the type together when the window ends
reply         | high     | sms      | 2026-03-10 10:00                   | window:3                                   | queued
message       | high     | sms      | 2026-03-10 10:00                   | window:3                                   | queued
alert         | high     | sms      | 2026-03-10 10:00                   | window:3                                   | bundled aggregated 2026-03-10 10:03
transactional | high     | sms      | 2026-03-10 10:00                   | window:3                                   | queued
reminder      | high     | sms      | 2026-03-10 10:00                   | window:3                                   | queued
system        | high     | sms      | 2026-03-10 10:00                   | window:3                                   | queued
alert         | high     | email    | 2026-03-10 10:00                   | window:5                                   | bundled aggregated 2026-03-10 10:05
alert         | high     | web      | 2026-03-10 10:00                   | window:5                                   | bundled aggregated 2026-03-10 10:05
alert         | high     | sms      | 2026-03-10 10:00                   | window:0                                   | queued
alert         | high     | sms      | 2026-03-10 10:00                   | window:-1                                  | queued
alert         | high     | sms      | 2026-03-10 10:00                   | window:3 separate                          | queued
alert         | high     | sms      | 2026-03-10 10:00                   | window:3 now                               | queued
alert         | critical | sms      | 2026-03-10 10:00                   | window:3                                   | queued
alert         | low      | whatsapp | 2026-03-10 10:00                   | window:1                                   | bundled aggregated 2026-03-10 10:01
# expiry: too late is too late, whatever else
reply         | critical | sms      | 2026-03-10 10:00                   | expires:0                                  | expired
message       | critical | sms      | 2026-03-10 10:00                   | expires:0                                  | expired
alert         | critical | sms      | 2026-03-10 10:00                   | expires:0                                  | expired
transactional | critical | sms      | 2026-03-10 10:00                   | expires:0                                  | expired
reminder      | critical | sms      | 2026-03-10 10:00                   | expires:0                                  | expired
system        | critical | sms      | 2026-03-10 10:00                   | expires:0                                  | expired
alert         | critical | sms      | 2026-03-10 10:00                   | expires:-10 now                            | expired
alert         | high     | sms      | 2026-03-10 10:00                   | expires:1                                  | queued
alert         | high     | sms      | 2026-03-10 23:30                   | night expires:60                           | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 10:00                   | expires:-1 opted-out                       | expired
# several at once: the first gate decides
alert         | low      | sms      | 2026-03-10 23:30                   | no-address night min-sms:high opted-out    | refused no_address
alert         | low      | sms      | 2026-03-10 23:30                   | no-sender opted-out                        | refused no_sender
alert         | low      | sms      | 2026-03-10 23:30                   | opted-out channel-off:sms                  | refused opted_out
alert         | low      | sms      | 2026-03-10 23:30                   | muted:60 min-sms:high                      | refused muted
alert         | low      | sms      | 2026-03-10 23:30                   | type-off category-off:sms                  | refused type_off
alert         | low      | sms      | 2026-03-10 23:30                   | category-off:sms channel-off:sms           | refused category_off
alert         | low      | sms      | 2026-03-10 23:30                   | channel-off:sms min-sms:high               | refused channel_off
alert         | low      | sms      | 2026-03-10 23:30                   | min-sms:high night                         | refused severity_too_low
alert         | high     | sms      | 2026-03-10 23:30                   | night work                                 | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-14 23:30                   | night work                                 | held quiet_hours 2026-03-15 07:00
alert         | critical | sms      | 2026-03-10 23:30                   | night critical-held work                   | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 19:00                   | night work max:1 left:10                   | held outside_working_hours 2026-03-11 08:00
alert         | high     | sms      | 2026-03-10 10:00                   | max:1 left:30 window:3                     | bundled over_cap 2026-03-10 10:30
alert         | high     | sms      | 2026-03-10 23:30                   | night window:3                             | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 23:30                   | night max:1 left:30                        | held quiet_hours 2026-03-11 07:00
alert         | high     | sms      | 2026-03-10 23:30                   | now night max:1 left:30                    | bundled over_cap 2026-03-11 00:00
transactional | high     | sms      | 2026-03-10 23:30                   | timely night work channel-off:sms          | refused channel_off
alert         | critical | sms      | 2026-03-14 23:30                   | night work max:1 left:5 window:3           | queued
`;
