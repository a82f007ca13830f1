//! The minimal conformance run: two browsers with nothing but the unmodified SDK go through everything that a pair of clients
//! needs of a deployment. Each step asserts what the SDK tells its page, what goes over its websocket, and what is decoded.

mod entering;
mod interrupting;
mod leaving;
mod sending;
mod table;
mod talking;

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use e2e::{Crowd, Failure, Foreigner, NewConnection, Participant, Proxy, case};
use entering::{join_room, participant_joined, ping, stream_in_value, token, upgrade};
use interrupting::{both_go_on, receiver_reconnects, sender_reconnects, socket_killed};
use leaving::{
    another_stream, force_disconnect, force_disconnect_refused, last_one_leaves, leave_room,
    token_used_twice, unpublish_video,
};
use sending::{on_ice_candidate, participant_published, publish_video, receive_video_from, stream_playing};
use table::{Table, step};
use talking::{picture_muted, signal_to_all, signal_to_one, sound_back, sound_muted};

use crate::ROOM;

#[tokio::test]
async fn minimal_conformance_run() -> Result<(), Failure> {
    case("minimal_conformance_run", async |case| {
        let server = case.server().await?;
        let rest = server.rest();
        // Ada's socket can be killed. She is a moderator.
        let network = case.proxy(server.port()).await?;
        let adas_page = case.recorded_crowd("ada").await?;
        let bos_page = case.recorded_crowd("bo").await?;
        let mut table = Table::default();

        step!(table, token(&rest, &server.authority()));
        let moderator = NewConnection::with_role("MODERATOR");
        let slot = rest.create_connection(ROOM, &moderator).await?;
        let adas_token = through(&network, &server.authority(), &slot.token)?;
        let ada = step!(table, connect(&adas_page, "Ada", &adas_token));
        step!(table, upgrade(&ada, &network.authority()));
        step!(table, ping(&ada));
        step!(table, join_room(&ada, &slot));
        let adas = step!(table, publish_video(&ada));
        step!(table, on_ice_candidate(&ada));

        let publisher = NewConnection::default();
        let bos_token = rest.create_connection(ROOM, &publisher).await?.token;
        let bo = step!(table, connect(&bos_page, "Bo", &bos_token));
        step!(table, participant_joined(&ada, &bo));
        step!(table, stream_in_value(&bo, &ada, &adas));
        step!(table, receive_video_from(&bo, &adas));
        step!(table, stream_playing(&bo, &adas));
        let bos = step!(table, publish_video(&bo));
        step!(table, participant_published(&ada, &bo, &bos));
        step!(table, receive_video_from(&ada, &bos));
        step!(table, stream_playing(&ada, &bos));

        step!(table, sound_muted(&ada, &bo, &adas));
        step!(table, sound_back(&ada, &bo, &adas));
        step!(table, picture_muted(&ada, &bo, &adas));
        step!(table, signal_to_one(&ada, &bo));
        step!(table, signal_to_all(&bo, &ada));

        step!(table, sender_reconnects(&ada, &bo, &adas));
        step!(table, receiver_reconnects(&bo, &adas));
        step!(table, socket_killed(&ada, &network, &bo));
        step!(table, both_go_on((&ada, &bos), (&bo, &adas)));

        step!(table, unpublish_video(&bo, &ada, &bos));
        let bos_second = step!(table, publish_video(&bo));
        step!(table, another_stream(&ada, &bos, &bos_second));
        step!(table, force_disconnect_refused(&bo));
        step!(table, force_disconnect(&ada, &bo, &bos_second));

        step!(table, token_used_twice(&bo, &bos_token));
        let bos_token = rest.create_connection(ROOM, &publisher).await?.token;
        let bo = step!(table, connect(&bos_page, "Bo", &bos_token));
        step!(table, stream_playing(&bo, &adas));
        step!(table, leave_room(&ada, &bo, &adas));
        step!(table, last_one_leaves(&bo, &rest));
        for participant in [&ada, &bo] {
            step!(table, well_formed_throughout(participant));
        }
        Ok(())
    })
    .await
}

/// Somebody enters, who receives, and sends when told to.
async fn connect(page: &Arc<Crowd>, name: &str, token: &str) -> Result<Participant> {
    let silent = Foreigner {
        publishes: false,
        ..Foreigner::named(name)
    };
    Participant::enter(page, token, &silent).await
}

/// A token that leads through a piece of network.
fn through(network: &Proxy, deployment: &str, token: &str) -> Result<String> {
    ensure!(token.contains(deployment), "{token} doesn't lead to {deployment}");
    Ok(token.replace(deployment, &network.authority()))
}

/// Checks all that went over the page's websockets, and that the SDK found nothing exceptional.
async fn well_formed_throughout(participant: &Participant) -> Result<()> {
    for wire in participant.wires().await? {
        wire.ensure_well_formed().with_context(|| wire.url.clone())?;
    }
    let events = participant.events().await?;
    let exceptions: Vec<_> = events
        .iter()
        .filter(|event| event["event"] == "exception")
        .collect();
    ensure!(exceptions.is_empty(), "{exceptions:?}");
    Ok(())
}
