-- An app that makes codes is finished in the browser in which it was begun: whoever has come upon a password could
-- else have its owner take over a seed that both know.

alter table totp_seeds
-- The session it was begun in, by the hash of its secret; null once it is in force.
add column begun_in bytea;
