//! What a moderator does to one.

use e2e::{Failure, SHORT, case};

use crate::ROOM;
use crate::scenes::Room;

/// When a moderator stops one's stream, the tutorial goes on showing one's own picture. Ours says so and gives the devices back.
#[tokio::test]
async fn fault_23_stream_stopped_by_a_moderator() -> Result<(), Failure> {
    case("fault_23_stream_stopped_by_a_moderator", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = room.ada_enters(case).await?;
        let stream = room.bo_sees_and_hears_one().await?;

        room.server.rest().unpublish(ROOM, &stream).await?;
        ada.until_told_unsent().await?;
        ada.browser().until_devices_released(SHORT).await?;
        room.bo_receives_nothing().await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}
