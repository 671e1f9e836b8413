//! Upwards or downwards.

use async_graphql::Enum;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub(crate) enum Direction {
    #[default]
    Asc,
    Desc,
}

impl From<Direction> for projections::Direction {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Asc => Self::Ascending,
            Direction::Desc => Self::Descending,
        }
    }
}
