//! Hooks: where components meet the shell. One hook a file.

mod use_call;

pub use use_call::use_call;
