use openvidu_browser_sys as sys;
use wasm_bindgen::JsValue;
use web_sys::HtmlVideoElement;

use crate::error::Error;
use crate::js;

/// What the SDK sets as an element's `transform` to mirror it.
const MIRRORED: &str = "rotateY(180deg)";

/// A `<video>` that shows a publisher or subscriber. Dropping it empties the element, unless another publisher or subscriber has
/// taken the element over.
///
/// The SDK keeps the element's `srcObject` up to date while attached: don't set it. It also switches `autoplay` on and
/// `controls` off, and mutes and mirrors a publisher's element.
#[derive(Debug)]
#[must_use = "dropping an Attachment empties the video element"]
pub struct Attachment {
    manager: sys::StreamManager,
    video: HtmlVideoElement,
    was_muted: bool,
}

impl Attachment {
    pub(crate) fn new(manager: &sys::StreamManager, video: &HtmlVideoElement) -> Result<Self, Error> {
        let was_muted = video.muted();
        let had_id = !video.id().is_empty();
        let result = manager.add_video_element(video);
        if !had_id {
            // The SDK's own id is the same for every element of a publisher. Removing an attribute that may not be there can't fail.
            let _ = video.remove_attribute("id");
        }
        result.map_err(|error| Error::from_js(&error))?;
        Ok(Self {
            manager: manager.clone(),
            video: video.clone(),
            was_muted,
        })
    }

    /// The element.
    #[must_use]
    pub fn video(&self) -> &HtmlVideoElement {
        &self.video
    }
}

impl Drop for Attachment {
    fn drop(&mut self) {
        let known = match self.manager.disassociate_video(&self.video) {
            Ok(known) => known.is_truthy(),
            // Without that hidden member, what the element shows tells whose it is.
            Err(_) => {
                let shown = self.video.src_object().map_or(JsValue::NULL, Into::into);
                self.manager
                    .stream()
                    .get_media_stream()
                    .is_ok_and(|media| media == shown)
            }
        };
        // An ended stream has let go of the element already, and so may be unknown there: then `srcObject` is empty.
        if known {
            self.video.set_src_object(None);
        }
        if self.video.src_object().is_none() {
            self.video.set_muted(self.was_muted);
            let style = js::get(&self.video, "style");
            if js::get(&style, "transform") == MIRRORED {
                js::set(&style, "transform", &JsValue::from_str(""));
            }
        }
    }
}
