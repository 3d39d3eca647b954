-- Once, in the database "postgres" of a server that Cairn has to itself: whoever has an account may
-- enter only the databases that name them. Leave this file out on a server shared with others.

REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
