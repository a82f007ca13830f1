//! Wire types of OpenVidu 2: REST bodies, JSON-RPC messages and tokens.
