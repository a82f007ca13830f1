//! Every text that people read.
//!
//! One variant a text, with typed arguments; one exhaustive match a language, so that a missing translation doesn't compile.

use std::borrow::Cow;

use crate::{DeviceKind, DeviceState, InvalidSessionName, Nickname, PublishError, SessionName};

/// A text for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    // The form
    /// Heading of the form.
    JoinHeading,
    /// Line below the heading.
    JoinIntroduction,
    /// Label of the name field.
    ParticipantLabel,
    /// Label of the session field.
    SessionLabel,
    /// The button that joins.
    Join,
    /// The form is being acted on.
    Joining,
    /// The button that stops joining.
    CancelJoin,
    /// The button that shows our own picture before we join.
    StartPreview,
    /// The button that gives the devices of the preview back.
    StopPreview,
    /// The browser was asked for camera and microphone.
    WaitingForDevices,
    /// What is wrong with a session name.
    InvalidSession(InvalidSessionName),
    /// The name field is empty.
    NicknameEmpty,

    // Notices
    /// Closes a notice.
    Close,
    /// We left.
    YouLeft,
    /// The token was refused.
    JoinRefused,
    /// The session ended while we were joining.
    JoinSessionClosed,
    /// The application server can't be reached.
    ServerUnreachable,
    /// The application server never answered.
    ServerTimeout,
    /// The application server answered with an error.
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// The deployment can't be reached.
    DeploymentUnreachable,
    /// The SDK is missing.
    SdkNotLoaded,
    /// This browser can't do it.
    BrowserNotSupported,
    /// Joining failed in a way that nobody foresaw.
    JoinFailed,
    /// A moderator removed us.
    EvictedByModerator,
    /// The server removed us.
    EvictedByServer,
    /// The session was closed for everybody.
    SessionClosed,
    /// The network was gone for too long.
    ConnectionLost,
    /// The deployment broke down.
    ServerFailed,

    // The room
    /// How many people are in the room.
    PeopleInRoom {
        /// Everybody, ourselves among them.
        count: usize,
    },
    /// Nobody else is here yet.
    NobodyElse {
        /// The session to invite others to.
        session: SessionName,
    },
    /// The connection broke and is being mended.
    Reconnecting,
    /// The button that leaves.
    Leave,
    /// The button that changes the camera.
    SwitchCamera,
    /// The button that mutes.
    MuteMicrophone,
    /// The button that unmutes.
    UnmuteMicrophone,
    /// The button that stops the camera's picture.
    StopCamera,
    /// The button that sends the camera's picture.
    StartCamera,
    /// The section with the large picture.
    MainVideo,
    /// The section with everybody.
    Everybody,
    /// Somebody without a usable name.
    Somebody,
    /// Our own tile's name.
    You {
        /// What we call ourselves.
        nickname: Nickname,
    },
    /// Shows somebody large.
    Promote {
        /// Whom.
        name: Box<str>,
    },
    /// A microphone is muted or missing.
    Muted,
    /// Our media doesn't reach the others.
    NobodySeesYou,
    /// Their media doesn't reach us.
    StreamNotReceived,

    // Trouble with our own media
    /// What became of a device.
    Device {
        /// Which one.
        kind: DeviceKind,
        /// What became of it.
        state: DeviceState,
    },
    /// Our media could not be sent.
    PublishFailed(PublishError),
    /// A moderator stopped our media.
    StoppedByModerator,
    /// Tries again what failed.
    TryAgain,
    /// The next camera can't be used.
    CameraSwitchFailed,
    /// No camera can be used any more.
    CameraLost,
}

impl Message {
    /// The text in English.
    #[must_use]
    pub fn english(&self) -> Cow<'static, str> {
        match self {
            Self::JoinHeading => "Join a video session".into(),
            Self::JoinIntroduction => "Everybody in the same session sees and hears each other.".into(),
            Self::ParticipantLabel => "Participant".into(),
            Self::SessionLabel => "Session".into(),
            Self::Join => "JOIN".into(),
            Self::Joining => "Joining…".into(),
            Self::CancelJoin => "Cancel".into(),
            Self::StartPreview => "Turn on camera and microphone".into(),
            Self::StopPreview => "Turn off camera and microphone".into(),
            Self::WaitingForDevices => "Waiting for camera and microphone. Your browser may be asking for permission.".into(),
            Self::InvalidSession(reason) => invalid_session(*reason),
            Self::NicknameEmpty => "Enter a name that the others will see.".into(),

            Self::Close => "Close".into(),
            Self::YouLeft => "You left the session.".into(),
            Self::JoinRefused => "The server did not let you in: the invitation is not valid any more. Join again to get a new one.".into(),
            Self::JoinSessionClosed => "The session was closed while you were joining. Join again to open it anew.".into(),
            Self::ServerUnreachable => "The server can't be reached. Check your network and join again.".into(),
            Self::ServerTimeout => "The server did not answer in time. Wait a moment and join again.".into(),
            Self::ServerError { status } => {
                format!("The server could not prepare the session (error {status}). Join again, or tell whoever runs it.").into()
            }
            Self::DeploymentUnreachable => {
                "The video service can't be reached. Check your network, or a firewall or VPN in between, and join again.".into()
            }
            Self::SdkNotLoaded => "A part of this page could not be loaded. Check your network and join again.".into(),
            Self::BrowserNotSupported => "This browser can't make video calls. Use a current Chrome, Edge, Firefox or Safari.".into(),
            Self::JoinFailed => "Joining failed for an unknown reason. Join again; if it stays so, reload the page.".into(),
            Self::EvictedByModerator => "A moderator removed you from the session.".into(),
            Self::EvictedByServer => "The server removed you from the session.".into(),
            Self::SessionClosed => "The session was closed for everybody.".into(),
            Self::ConnectionLost => "The connection to the session was lost. Join again when your network is back.".into(),
            Self::ServerFailed => "The video service broke down. Join again in a moment.".into(),

            Self::PeopleInRoom { count: 1 } => "1 person".into(),
            Self::PeopleInRoom { count } => format!("{count} people").into(),
            Self::NobodyElse { session } => format!("Nobody else is here yet. Others join by the name {}.", session.as_str()).into(),
            Self::Reconnecting => "Connection lost. Reconnecting…".into(),
            Self::Leave => "Leave session".into(),
            Self::SwitchCamera => "Switch Camera".into(),
            Self::MuteMicrophone => "Mute microphone".into(),
            Self::UnmuteMicrophone => "Unmute microphone".into(),
            Self::StopCamera => "Stop camera".into(),
            Self::StartCamera => "Start camera".into(),
            Self::MainVideo => "Main video".into(),
            Self::Everybody => "Everybody in the session".into(),
            Self::Somebody => "Someone".into(),
            Self::You { nickname } => format!("{} (you)", nickname.as_str()).into(),
            Self::Promote { name } => format!("Show {name} large").into(),
            Self::Muted => "Muted".into(),
            Self::NobodySeesYou => "The others don't see or hear you".into(),
            Self::StreamNotReceived => "Can't be received".into(),

            Self::Device { kind, state } => device(*kind, *state),
            Self::PublishFailed(PublishError::NotAllowed) => "You may only watch in this session: your camera and microphone are not sent.".into(),
            Self::PublishFailed(PublishError::Timeout) => "Your camera and microphone could not be sent in time. They are off.".into(),
            Self::PublishFailed(PublishError::Failed) => "Your camera and microphone could not be sent. They are off.".into(),
            Self::StoppedByModerator => "A moderator stopped your camera and microphone.".into(),
            Self::TryAgain => "Try again".into(),
            Self::CameraSwitchFailed => "The other camera could not be used. You are still on this one.".into(),
            Self::CameraLost => "No camera can be used any more.".into(),
        }
    }
}

fn invalid_session(reason: InvalidSessionName) -> Cow<'static, str> {
    match reason {
        InvalidSessionName::Empty => "Enter the name of a session.".into(),
        InvalidSessionName::Character(' ') => {
            "A session name can't contain spaces. Use letters, digits, - and _.".into()
        }
        InvalidSessionName::Character(c) => {
            format!("A session name can't contain “{c}”. Use letters, digits, - and _.").into()
        }
        InvalidSessionName::TooLong => format!(
            "A session name can't be longer than {} characters.",
            SessionName::MAX_LENGTH
        )
        .into(),
    }
}

fn device(kind: DeviceKind, state: DeviceState) -> Cow<'static, str> {
    use DeviceKind::{Camera, Microphone};
    match (kind, state) {
        (Camera, DeviceState::Ok) => "Your camera is on.",
        (Microphone, DeviceState::Ok) => "Your microphone is on.",
        (Camera, DeviceState::Off) => "Your camera is off.",
        (Microphone, DeviceState::Off) => "Your microphone is off.",
        (Camera, DeviceState::Waiting) => {
            "Waiting for the camera. Your browser may be asking for permission."
        }
        (Microphone, DeviceState::Waiting) => {
            "Waiting for the microphone. Your browser may be asking for permission."
        }
        (Camera, DeviceState::None) => "No camera found. Connect one and try again to be seen.",
        (Microphone, DeviceState::None) => "No microphone found. Connect one and try again to be heard.",
        (Camera, DeviceState::Denied) => {
            "Your browser blocks the camera. Allow it beside the address of this page, then try again."
        }
        (Microphone, DeviceState::Denied) => {
            "Your browser blocks the microphone. Allow it beside the address of this page, then try again."
        }
        (Camera, DeviceState::Busy) => "Another program uses the camera. Close it and try again to be seen.",
        (Microphone, DeviceState::Busy) => {
            "Another program uses the microphone. Close it and try again to be heard."
        }
        (Camera, DeviceState::Insecure) => "The browser allows the camera only on https pages.",
        (Microphone, DeviceState::Insecure) => "The browser allows the microphone only on https pages.",
        (Camera, DeviceState::Failed) => "The camera stopped working. Reconnect it and try again to be seen.",
        (Microphone, DeviceState::Failed) => {
            "The microphone stopped working. Reconnect it and try again to be heard."
        }
    }
    .into()
}
