//! Which try to be in a room something belongs to.

/// One press of JOIN and everything that follows from it.
///
/// Answers and events of an earlier attempt may still arrive after somebody has left or joined again. They carry their
/// attempt, so that the reducer can tell them from what concerns the present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(u32);

impl Attempt {
    /// The first attempt of a page.
    #[must_use]
    pub const fn first() -> Self {
        Self(1)
    }

    /// The attempt after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}
