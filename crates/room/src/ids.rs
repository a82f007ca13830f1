//! Identifiers and names that come from the deployment or from people.

use std::rc::Rc;

macro_rules! text_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Rc<str>);

        impl $name {
            /// Wraps a text as it came.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, shared: cheap to hand to a virtual DOM as attribute or key.
            #[must_use]
            pub fn to_rc(&self) -> Rc<str> {
                Rc::clone(&self.0)
            }
        }
    };
}

text_newtype! {
    /// A participant's slot in a session (`con_…`), given by the deployment.
    ConnectionId
}

text_newtype! {
    /// Media flowing into a session (`str_…`), given by the deployment.
    StreamId
}

text_newtype! {
    /// What a participant is called. A text for people: never an identifier, never markup.
    Nickname
}
