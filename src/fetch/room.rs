//! Room in memory for bodies: a page of usual size needs none, and few large ones are held at a time.
//!
//! A page holds its room until it has been read and stored, so pages that wait to be read cannot add up either.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::{
    LARGE_BODIES_AT_ONCE, MEDIUM_BODIES_AT_ONCE, MEDIUM_BODY_BYTES, SMALL_BODY_BYTES,
};

/// The places for bodies that outgrow the small and the medium size. Whoever has one of the last kind waits for nothing
/// more, so nobody waits in a circle.
#[derive(Debug, Clone)]
pub(super) struct Rooms {
    medium: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// The room that a page takes, given back when it is dropped.
#[derive(Debug, Clone, Default)]
pub struct Room {
    medium: Option<Arc<OwnedSemaphorePermit>>,
    large: Option<Arc<OwnedSemaphorePermit>>,
}

/// Pages are the same whatever room they take.
impl PartialEq for Room {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Room {}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            medium: Arc::new(Semaphore::new(MEDIUM_BODIES_AT_ONCE)),
            large: Arc::new(Semaphore::new(LARGE_BODIES_AT_ONCE)),
        }
    }
}

impl Rooms {
    /// Makes `room` do for so many bytes. `false` where none came free within `patience`.
    pub(super) async fn grow(&self, room: &mut Room, bytes: usize, patience: Duration) -> bool {
        if bytes <= SMALL_BODY_BYTES || room.large.is_some() {
            return true;
        }
        let (places, place) = if bytes <= MEDIUM_BODY_BYTES {
            (&self.medium, &mut room.medium)
        } else {
            (&self.large, &mut room.large)
        };
        if place.is_none() {
            let free = Arc::clone(places).acquire_owned();
            *place = match tokio::time::timeout(patience, free).await {
                Ok(Ok(free)) => Some(Arc::new(free)),
                Ok(Err(_)) | Err(_) => return false,
            };
        }
        if room.large.is_some() {
            room.medium = None;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn usual_pages_take_no_room_and_few_large_ones_are_held() {
        let rooms = Rooms::default();
        let mut held = vec![Room::default(); LARGE_BODIES_AT_ONCE + 1];
        for room in &mut held[1..] {
            assert!(rooms.grow(room, MEDIUM_BODY_BYTES + 1, WAIT).await);
        }

        assert!(rooms.grow(&mut held[0], SMALL_BODY_BYTES, WAIT).await);
        assert!(rooms.grow(&mut held[0], MEDIUM_BODY_BYTES, WAIT).await);
        assert!(!rooms.grow(&mut held[0], MEDIUM_BODY_BYTES + 1, WAIT).await);
        held.pop();
        assert!(rooms.grow(&mut held[0], MEDIUM_BODY_BYTES + 1, WAIT).await);
        assert_eq!(rooms.medium.available_permits(), MEDIUM_BODIES_AT_ONCE);
    }
}
