//! VP8 picture ids as one subscriber sees them.

use str0m::rtp::{Vp8Descriptor, Vp8Patch};

/// Picture ids are 15 bits wide, or 7 (RFC 7741, section 4.2).
const PICTURE_ID_MASK: u16 = 0x7fff;
const SHORT_PICTURE_ID_MASK: u16 = 0x7f;

/// Keeps picture ids and TL0PICIDX going up when the RTP stream behind a track changes, as decoders expect.
#[derive(Debug, Default)]
pub(super) struct PictureIds {
    picture_id_offset: u16,
    tl0_pic_idx_offset: u8,
    last: Option<(u16, u8)>,
}

impl PictureIds {
    /// Goes on with another RTP stream from its first packet.
    pub(super) fn start(&mut self, first: &Vp8Descriptor) {
        if let Some((picture_id, tl0_pic_idx)) = self.last {
            let (first_picture_id, first_tl0_pic_idx) = ids(first);
            self.picture_id_offset = picture_id.wrapping_add(1).wrapping_sub(first_picture_id);
            self.tl0_pic_idx_offset = tl0_pic_idx.wrapping_add(1).wrapping_sub(first_tl0_pic_idx);
        }
    }

    /// What to change in the payload descriptor, if anything.
    pub(super) fn map(&mut self, descriptor: &Vp8Descriptor) -> Option<Vp8Patch> {
        let (picture_id, tl0_pic_idx) = ids(descriptor);
        let picture_id = picture_id.wrapping_add(self.picture_id_offset) & PICTURE_ID_MASK;
        let tl0_pic_idx = tl0_pic_idx.wrapping_add(self.tl0_pic_idx_offset);
        self.last = Some((picture_id, tl0_pic_idx));
        if self.picture_id_offset == 0 && self.tl0_pic_idx_offset == 0 {
            return None;
        }
        let mut patch = descriptor.patch();
        if descriptor.tl0_pic_idx().is_some() {
            patch = patch.tl0_pic_idx(tl0_pic_idx);
        }
        if descriptor.picture_id().is_none() {
            return patch.build().ok();
        }
        let short = patch.picture_id(picture_id & SHORT_PICTURE_ID_MASK);
        patch
            .picture_id(picture_id)
            .build()
            .or_else(|_| short.build())
            .ok()
    }
}

/// Absent fields count as zero.
fn ids(descriptor: &Vp8Descriptor) -> (u16, u8) {
    (
        descriptor.picture_id().unwrap_or(0),
        descriptor.tl0_pic_idx().unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(picture_id: u16, tl0_pic_idx: u8) -> Vp8Descriptor {
        let [high, low] = (picture_id | 0x8000).to_be_bytes();
        Vp8Descriptor::parse(&[0x90, 0xe0, high, low, tl0_pic_idx, 0x00, 0x00]).unwrap()
    }

    #[test]
    fn first_stream_is_left_as_it_is() {
        let mut ids = PictureIds::default();
        ids.start(&long(77, 5));
        assert!(ids.map(&long(77, 5)).is_none());
        assert!(ids.map(&long(78, 5)).is_none());
    }

    #[test]
    fn next_stream_goes_on_counting_across_the_wrap() {
        let mut ids = PictureIds::default();
        ids.start(&long(0x7fff, 255));
        ids.map(&long(0x7fff, 255));
        ids.start(&long(1_000, 9));
        assert!(ids.map(&long(1_000, 9)).is_some());
        assert_eq!(ids.last, Some((0, 0)));
        ids.map(&long(1_001, 10));
        assert_eq!(ids.last, Some((1, 1)));
    }

    #[test]
    fn short_picture_ids_can_be_changed_too() {
        let short = |id: u8| Vp8Descriptor::parse(&[0x90, 0x80, id, 0x00]).unwrap();
        let mut ids = PictureIds::default();
        ids.start(&long(500, 0));
        ids.map(&long(500, 0));
        ids.start(&short(3));
        assert!(ids.map(&short(3)).is_some());
        assert_eq!(ids.last, Some((501, 1)));
    }
}
