//! A video room as plain data: state, actions and what to tell people. No browser, no clock, no I/O.
