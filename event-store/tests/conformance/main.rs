//! What every log promises, run against each database.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod appending;
mod counter;
mod database;
mod definitions;
mod events;
mod following;
mod gateway;
mod health;
mod kurrentdb_trouble;
mod lease;
mod postgres_es;
mod postgres_trouble;
mod read_only;
mod reading;
mod repeating;
mod snapshots;
mod sqlite_trouble;
mod waking;
mod writers;

/// One test per case and database.
macro_rules! on_every_database {
    ($($module:ident :: $case:ident,)+) => {
        mod kurrentdb {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                Box::pin(crate::database::on_kurrentdb(crate::$module::$case)).await;
            })+
        }

        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                Box::pin(crate::database::on_sqlite(crate::$module::$case)).await;
            })+
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                Box::pin(crate::database::on_postgres(crate::$module::$case)).await;
            })+
        }
    };
}

on_every_database! {
    appending::versions_and_positions_count_up_from_one,
    appending::a_wrong_expected_version_is_a_conflict_that_tells_the_actual_one,
    appending::any_version_appends_after_whatever_is_there,
    appending::an_append_is_stored_whole_or_not_at_all,
    appending::a_stream_that_had_to_stay_unchanged_and_moved_stops_the_append,
    appending::refused_appends_leave_their_neighbours_alone,
    appending::an_append_without_events_is_refused,
    appending::payloads_come_back_byte_for_byte,
    appending::metadata_comes_back_as_it_was,
    appending::a_clock_set_back_never_makes_a_later_event_look_earlier,
    appending::a_closed_log_turns_appends_away,
    appending::everything_survives_closing_and_opening,
    read_only::a_log_opened_to_be_read_shows_all_and_takes_nothing,
    read_only::a_past_log_ends_where_it_is_told,
    read_only::a_history_is_restored_into_an_empty_log_only,
    reading::a_stream_is_read_in_pages,
    reading::a_stream_of_twenty_thousand_events_loads_in_pages,
    reading::streams_loaded_at_the_same_time_are_not_mixed_up,
    reading::an_unknown_stream_is_empty,
    reading::an_event_is_found_by_its_id,
    reading::a_time_names_the_last_event_before_it,
    reading::a_stream_is_as_long_as_its_last_version,
    reading::the_feed_is_every_event_in_position_order,
    reading::a_page_is_the_same_however_many_events_are_asked_for,
    reading::a_filtered_feed_moves_on_past_what_it_leaves_out,
    reading::a_long_log_is_not_searched_for_a_few_events,
    reading::upcasters_change_what_is_read_and_not_what_is_stored,
    repeating::a_repeated_key_gets_the_first_answer_and_stores_nothing,
    repeating::a_key_used_for_another_request_is_refused,
    repeating::one_key_sent_many_times_at_once_stores_one_event,
    repeating::a_refused_append_does_not_use_up_its_key,
    repeating::repeated_event_ids_get_the_first_answer,
    repeating::an_event_id_of_another_stream_is_refused,
    repeating::half_repeated_event_ids_are_refused,
    following::who_appends_follows_what_the_database_has,
    waking::an_append_wakes_readers_of_its_own_handle,
    waking::an_append_wakes_readers_of_other_handles,
    writers::a_checkpointing_reader_misses_nothing_under_many_writers,
    writers::random_appends_from_two_processes_keep_every_promise,
    snapshots::a_snapshot_comes_back_to_those_who_ask_for_its_shape,
    snapshots::a_newer_snapshot_replaces_the_older,
    gateway::a_command_on_an_outdated_look_is_decided_anew,
    gateway::each_event_is_applied_once_whatever_is_remembered,
    gateway::a_receipt_tells_what_was_stored_and_where,
    gateway::many_commands_at_once_on_one_aggregate_all_succeed,
    gateway::memory_that_another_process_left_behind_is_noticed,
    gateway::an_expected_version_is_held_against_the_latest_state,
    gateway::a_stream_the_decision_relied_on_must_not_move,
    gateway::a_repeated_request_gets_its_answer_though_the_aggregate_would_refuse,
    gateway::one_request_sent_to_two_processes_at_once_is_done_once,
    gateway::a_command_that_needs_a_reason_gets_one_from_whoever_can_give_it,
    gateway::dropping_memory_and_snapshots_changes_nothing,
    gateway::a_long_stream_is_rebuilt_from_its_snapshot,
    gateway::a_snapshot_that_was_edited_is_not_believed,
    gateway::a_long_stream_that_has_no_snapshot_gets_one_when_it_is_loaded,
    definitions::of_two_creates_of_one_key_exactly_one_wins,
    lease::it_has_one_holder_at_a_time,
    health::a_sound_log_is_healthy_in_every_line,
    health::triggers_that_are_gone_are_told,
    health::a_time_that_has_not_come_is_told,
}
