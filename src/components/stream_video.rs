//! A `<video>` with the media of one tile.

use room::{StreamId, TileId};
use web_sys::HtmlVideoElement;
use yew::prelude::*;

use super::MediaSource;

/// Whether a video plays its sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VideoSound {
    /// It does. At most one view of a stream may, or it is heard twice.
    Plays,
    /// It is muted: our own picture, or a second view.
    Muted,
}

/// Props of [`StreamVideo`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StreamVideoProps {
    /// The element's id. Of our own making: the SDK would give two views of a stream the same one.
    pub id: AttrValue,
    /// Whose media.
    pub tile: TileId,
    /// The stream it comes in; another one is attached anew.
    pub stream: Option<StreamId>,
    /// Whether there is a picture; without one the element stays for its sound, out of sight.
    pub picture: bool,
    /// Whether it plays its sound.
    pub sound: VideoSound,
}

/// A `<video>` with the media of one tile, for as long as it is mounted.
#[component]
pub fn StreamVideo(props: &StreamVideoProps) -> Html {
    let element = use_node_ref();
    let media = use_context::<MediaSource>();
    let StreamVideoProps {
        id,
        tile,
        stream,
        picture,
        sound,
    } = props;

    // Before the media is attached, so that not even the first instant is heard.
    use_effect_with((element.clone(), *sound), |(element, sound)| {
        if let Some(video) = element.cast::<HtmlVideoElement>() {
            let muted = *sound == VideoSound::Muted;
            video.set_muted(muted);
            video.set_default_muted(muted);
        }
    });
    use_effect_with(
        (element.clone(), media, tile.clone(), stream.clone(), *picture),
        |(element, media, tile, ..)| {
            let video = element.cast::<HtmlVideoElement>();
            let attached = media
                .as_ref()
                .zip(video)
                .and_then(|(media, video)| media.attach(tile, &video));
            move || drop(attached)
        },
    );

    let class = match (tile, picture) {
        (TileId::Own, true) => "stream-video mirrored",
        (TileId::Remote(_), true) => "stream-video",
        (TileId::Own | TileId::Remote(_), false) => "stream-video hidden",
    };
    html! {
        <video ref={element} id={id.clone()} {class} autoplay=true playsinline=true />
    }
}
