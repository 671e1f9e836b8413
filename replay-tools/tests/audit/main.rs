//! The program as auditors run it, on histories in SQLite and in PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod again;
mod altered;
mod backing_up;
mod beside;
mod checking;
mod checkpoints;
mod damaged;
mod database;
mod deciding;
mod explaining;
mod exported;
mod folders;
mod full_disk;
mod history;
mod interrupted;
mod interrupted_columns;
mod log;
mod maker;
mod moving;
mod past;
mod prefixes;
mod program;
mod proofs;
#[path = "../../../projections/tests/read_side/support/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "these tests need less of the world than those of the read side"
)]
mod support;
mod tables;
mod tampering;

/// One test per case and database.
macro_rules! on_every_database {
    ($($module:ident :: $case:ident,)+) => {
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
    log::the_history_is_the_same_bytes_everywhere,
    log::filters_narrow_it,
    log::a_type_that_nobody_knows_is_said_to_be,
    log::a_stream_that_no_log_can_have_is_said_to_be_none,
    log::what_is_recorded_while_it_follows_is_printed,
    log::an_event_stands_between_its_causes_and_effects,
    log::an_event_that_is_not_there_is_said_so,
    log::rights_to_read_are_enough,
    tampering::an_untouched_log_is_as_it_was_signed,
    tampering::a_changed_event_is_found_where_it_is,
    tampering::a_removed_event_is_found_where_it_was,
    tampering::a_removed_event_is_found_though_the_others_were_renumbered,
    tampering::several_edits_are_each_found_where_they_are,
    tampering::edits_whose_shifts_cancel_out_accuse_nothing_behind_them,
    tampering::a_row_in_front_of_the_log_is_told_alone,
    tampering::an_inserted_event_is_found_where_it_is,
    tampering::events_that_changed_places_are_found,
    tampering::a_cut_off_end_is_found,
    tampering::a_row_out_of_order_is_found_without_any_checkpoint,
    checkpoints::nothing_is_signed_that_contradicts_an_earlier_checkpoint,
    checkpoints::leaf_hashes_that_were_altered_are_not_believed,
    checkpoints::leaf_hashes_that_were_cut_off_are_missed_and_made_anew,
    checkpoints::one_file_that_is_no_checkpoint_does_not_hide_the_others,
    checkpoints::a_checkpoint_needs_the_right_signatures,
    checkpoints::a_public_key_signs_nothing,
    checkpoints::checkpoints_are_made_one_at_a_time,
    checkpoints::many_checkpoints_at_once_leave_the_folder_whole,
    proofs::an_event_is_proven_without_the_database,
    proofs::an_altered_proof_does_not_hold,
    proofs::a_later_checkpoint_is_proven_to_continue_an_earlier_one,
    proofs::nothing_is_proven_of_an_altered_log,
    tables::tables_that_tell_what_the_log_tells_are_fine,
    tables::every_difference_is_told_and_a_rebuild_mends_it,
    tables::a_rebuild_without_a_reason_is_not_begun,
    past::a_moment_is_shown_as_it_was,
    past::two_moments_are_compared,
    past::one_instance_is_shown_alone,
    past::what_a_run_earned_and_what_was_switched_is_shown,
    moving::an_exported_history_is_imported_as_it_was,
    moving::an_export_that_was_altered_is_not_imported,
    moving::a_range_is_exported_for_spreadsheets,
    moving::a_range_is_exported_in_columns,
    moving::an_export_is_verified_without_a_database,
    moving::what_is_not_there_is_not_exported,
    moving::a_history_moves_between_databases,
    moving::a_history_moves_into_this_database,
    moving::a_damaged_history_does_not_move,
    exported::an_export_answers_as_its_database_does,
    exported::an_export_is_believed_only_with_its_signature,
    exported::an_export_is_never_written_to,
    exported::an_export_is_copied_into_a_database,
    deciding::a_decision_that_is_taken_again_gives_the_same,
    deciding::quotes_that_were_written_down_while_others_stood_are_decided_again,
    deciding::a_decision_is_taken_again_with_the_values_it_had,
    deciding::a_decision_that_was_recorded_otherwise_is_told_of,
    backing_up::a_backup_is_restored_as_it_was,
    backing_up::a_backup_is_restored_into_this_database,
    backing_up::a_backup_that_was_altered_is_not_restored,
    backing_up::answers_that_were_altered_in_a_backup_are_not_restored,
    interrupted::an_export_that_was_killed_goes_on_where_it_stood,
    interrupted::an_export_that_was_altered_meanwhile_is_begun_anew,
    interrupted::an_export_does_not_go_on_behind_another_log,
    interrupted::a_copy_that_was_killed_leaves_nothing_and_is_begun_again,
    interrupted::a_backup_that_was_killed_is_begun_again,
    interrupted::a_rebuild_that_was_killed_leaves_the_table_and_is_begun_again,
    interrupted_columns::an_export_in_columns_that_was_killed_goes_on_where_it_stood,
    interrupted_columns::an_export_in_columns_that_was_altered_meanwhile_is_begun_anew,
    interrupted_columns::an_export_in_columns_whose_note_nobody_signed_is_begun_anew,
    interrupted_columns::an_export_in_columns_does_not_go_on_behind_another_log,
    explaining::an_order_leads_back_to_people_and_prices,
    checking::events_that_cannot_be_read_are_listed,
    checking::a_label_that_is_not_the_events_own_is_told,
    checking::a_row_that_holds_no_event_does_not_hide_those_before_it,
    checking::a_payload_that_is_no_json_is_shown_as_it_is,
    again::a_copy_that_is_there_already_is_compared,
    again::a_target_that_holds_anything_else_is_refused,
    again::a_restore_that_is_there_already_goes_on_with_the_tables,
    altered::an_altered_export_is_an_answer,
    altered::an_altered_proof_is_an_answer,
    altered::an_altered_checkpoint_is_an_answer,
    altered::an_altered_file_of_columns_is_not_parsed,
    altered::an_export_that_is_not_whole_is_said_to_be,
    damaged::no_export_is_signed_over_a_damaged_log,
    damaged::nothing_is_rebuilt_from_a_log_that_misses_events,
    damaged::whoever_reads_past_a_gap_is_told_of_it_once,
    damaged::a_missing_event_is_not_mistaken_for_the_next,
    damaged::what_stands_in_the_log_does_not_command_the_terminal,
    folders::a_backup_never_empties_its_source,
    folders::an_export_is_not_written_over_itself,
    folders::files_of_others_are_not_removed_whatever_they_are_called,
    folders::files_of_others_in_an_interrupted_backup_are_not_removed,
    folders::a_backup_that_only_its_marker_calls_unfinished_is_kept,
    folders::a_folder_is_written_by_one_at_a_time,
    full_disk::a_scratch_file_without_room_says_where_it_is,
    full_disk::a_checkpoint_that_could_not_be_written_says_which_file,
    beside::an_untouched_database_is_fine,
    beside::a_saved_state_that_was_edited_is_found,
    beside::an_answer_that_was_edited_is_found,
    beside::triggers_that_are_gone_are_told,
    beside::nothing_that_postgresql_hides_is_hidden_from_auditors,
    beside::a_head_that_was_edited_is_found,
    beside::a_table_that_is_ahead_of_the_log_is_told,
    beside::a_table_that_is_behind_is_said_to_be,
    beside::tables_are_not_blamed_for_a_log_that_cannot_be_read,
}
