//! A participant with nothing but the SDK, looked at closely.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Browser, Crowd, Foreigner, SHORT, Wire, until};

/// A participant with nothing but the SDK, in a page of its own: what it does is said call by call, and what its SDK tells the
/// page and the deployment is there to be looked at.
#[derive(Clone, Debug)]
pub struct Participant {
    crowd: Arc<Crowd>,
    connection: String,
}

/// A request that was answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The request's parameters.
    pub params: Value,
    /// The answer: its `result` or its `error`.
    pub answer: Value,
    /// The answer's place among the messages of its websocket.
    pub place: usize,
}

impl Participant {
    /// Lets somebody enter the session of a token from this page, which has to be one whose [`Wire`] is recorded.
    ///
    /// # Errors
    ///
    /// When the SDK doesn't let them.
    pub async fn enter(crowd: &Arc<Crowd>, token: &str, foreigner: &Foreigner) -> Result<Self> {
        let tokens = [token.to_owned()];
        let mut ids = crowd.join_with(&tokens, std::slice::from_ref(foreigner)).await?;
        Ok(Self {
            crowd: Arc::clone(crowd),
            connection: ids.remove(0),
        })
    }

    /// The connection's id, as the SDK has it.
    #[must_use]
    pub fn connection(&self) -> &str {
        &self.connection
    }

    /// The page's browser.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        self.crowd.browser()
    }

    /// Runs a function body in which `session`, `publisher` and `subscribers` are the SDK's objects, and waits for the promise
    /// that it may return. Its arguments begin at `arguments[1]`.
    ///
    /// # Errors
    ///
    /// When it throws, or gives something else than `T`.
    pub async fn run<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        const OBJECTS: &str =
            "const { session, publisher, received, events } = window.participants.of(arguments[0]);
            const subscribers = [...received.values()].map(({ subscriber }) => subscriber);";
        let arguments = std::iter::once(self.connection.as_str().into()).chain(arguments.iter().cloned());
        self.browser()
            .run(&format!("{OBJECTS}\n{body}"), arguments.collect())
            .await
    }

    /// Sends camera and microphone from now on; gives the stream's id.
    ///
    /// # Errors
    ///
    /// When the SDK can't.
    pub async fn publish(&self) -> Result<String> {
        let publish = "return window.participants.publish(arguments[0])";
        self.run::<()>(publish, &[]).await?;
        self.run("return publisher.stream.streamId", &[]).await
    }

    /// Waits until it sees and hears exactly one stream; gives its id.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn sees_and_hears_one(&self) -> Result<String> {
        self.crowd.sees_and_hears_one(&self.connection).await
    }

    /// Waits until silence arrives from the one that it receives.
    ///
    /// # Errors
    ///
    /// When it doesn't within [`SHORT`].
    pub async fn hears_silence(&self) -> Result<()> {
        self.crowd.hears_silence(&self.connection).await
    }

    /// Everything that the SDK has told so far.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn events(&self) -> Result<Vec<Value>> {
        self.run("return events", &[]).await
    }

    /// Waits until the SDK has told an event with these properties.
    ///
    /// # Errors
    ///
    /// When it hasn't within [`SHORT`].
    pub async fn told(&self, properties: Value) -> Result<Value> {
        until(&format!("the event {properties}"), SHORT, async || {
            let events = self.events().await?;
            let found = events.iter().find(|event| includes(event, &properties));
            found
                .cloned()
                .with_context(|| format!("told were {}", Value::Array(events.clone())))
        })
        .await
    }

    /// Waits until the last request of this method with these parameters has been answered.
    ///
    /// # Errors
    ///
    /// When it hasn't within [`SHORT`].
    pub async fn answered(&self, method: &str, params: Value) -> Result<Answered> {
        until(&format!("an answer to {method} {params}"), SHORT, async || {
            let wires = self.wires().await?;
            let mut exchanges = wires.iter().flat_map(|wire| wire.exchanges(method));
            let last = exchanges.rfind(|exchange| includes(exchange.params, &params));
            let last = last.context("there is no such request")?;
            let (place, answer) = last.answer.context("it isn't answered")?;
            Ok(Answered {
                params: last.params.clone(),
                answer: answer.clone(),
                place,
            })
        })
        .await
    }

    /// Waits until a notification of this method with these parameters has arrived; gives its place among the messages of its
    /// websocket, and all of its parameters.
    ///
    /// # Errors
    ///
    /// When it hasn't within [`SHORT`].
    pub async fn notified(&self, method: &str, params: Value) -> Result<(usize, Value)> {
        until(
            &format!("the notification {method} {params}"),
            SHORT,
            async || {
                let wires = self.wires().await?;
                let mut all = wires.iter().flat_map(|wire| wire.notifications(method));
                let (place, found) = all
                    .find(|(_, found)| includes(found, &params))
                    .context("there is none")?;
                Ok((place, found.clone()))
            },
        )
        .await
    }

    /// The websockets of the page, in the order in which they were opened.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn wires(&self) -> Result<Vec<Wire>> {
        self.browser().run("return window.e2e.wire()", vec![]).await
    }
}

impl Answered {
    /// What the deployment answered.
    ///
    /// # Errors
    ///
    /// When it is an error.
    pub fn result(&self) -> Result<&Value> {
        let Some(result) = self.answer.get("result") else {
            bail!("{} was refused: {}", self.params, self.answer);
        };
        Ok(result)
    }
}

/// Whether an object has at least these properties with these values.
#[must_use]
pub fn includes(whole: &Value, part: &Value) -> bool {
    match part {
        Value::Object(properties) => properties
            .iter()
            .all(|(key, value)| whole.get(key).is_some_and(|own| includes(own, value))),
        other => whole == other,
    }
}
