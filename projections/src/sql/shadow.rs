//! A second table like a live one, and the exchange of the two.
//!
//! The shadow's shape is read from the database, so that it is whatever the migrations made of the
//! live table.

use sqlx::AnyConnection;

use super::columns::Columns;
use super::dialect::Dialect;
use super::table::Table;

/// Creates the shadow anew, empty, with the unique indexes that upserts need.
pub(crate) async fn create_shadow(
    connection: &mut AnyConnection,
    dialect: Dialect,
    table: &Table,
    generation: i64,
) -> Result<(), sqlx::Error> {
    drop_shadow(connection, table).await?;
    let (live, shadow) = (table.name, shadow_of(table));
    let create = match dialect {
        Dialect::Postgres => format!("CREATE TABLE {shadow} (LIKE {live} INCLUDING DEFAULTS)"),
        Dialect::Sqlite => {
            let row =
                sqlx::query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $1")
                    .bind(live)
                    .fetch_one(&mut *connection)
                    .await?;
            let sql = Columns(&row).text("sql")?;
            format!("CREATE TABLE {shadow} {}", from_parenthesis(&sql))
        }
    };
    execute(connection, &create).await?;
    create_indexes(connection, dialect, table, generation, true).await
}

/// Creates the other indexes: faster on a full table than row by row.
pub(crate) async fn index_shadow(
    connection: &mut AnyConnection,
    dialect: Dialect,
    table: &Table,
    generation: i64,
) -> Result<(), sqlx::Error> {
    match dialect {
        Dialect::Postgres => {
            create_indexes(connection, dialect, table, generation, false).await?;
            // Until it is analysed, the planner would guess; until it is vacuumed, who counts by an
            // index would read every row as well, to see whether it is there
            let vacuum = format!("VACUUM (ANALYZE) {}", shadow_of(table));
            execute(connection, &vacuum).await
        }
        Dialect::Sqlite => {
            // Sorted in memory instead of in files
            execute(connection, "PRAGMA cache_size = -65536").await?;
            let created = create_indexes(connection, dialect, table, generation, false).await;
            execute(connection, "PRAGMA cache_size = -2000").await?;
            created
        }
    }
}

pub(crate) async fn drop_shadow(
    connection: &mut AnyConnection,
    table: &Table,
) -> Result<(), sqlx::Error> {
    execute(
        connection,
        &format!("DROP TABLE IF EXISTS {}", shadow_of(table)),
    )
    .await
}

/// The live table goes, the shadow takes its name.
pub(crate) async fn swap(connection: &mut AnyConnection, table: &Table) -> Result<(), sqlx::Error> {
    let (live, shadow) = (table.name, shadow_of(table));
    execute(connection, &format!("DROP TABLE {live}")).await?;
    execute(
        connection,
        &format!("ALTER TABLE {shadow} RENAME TO {live}"),
    )
    .await
}

/// Drops the indexes of a live table, but for the unique ones. No shadow will have them, either.
pub(crate) async fn drop_lookups(
    connection: &mut AnyConnection,
    dialect: Dialect,
    table: &Table,
) -> Result<(), sqlx::Error> {
    let indexes = indexes_of(connection, dialect, table).await?;
    for index in indexes.iter().filter(|index| !index.is_unique()) {
        execute(connection, &format!("DROP INDEX {}", index.name)).await?;
    }
    Ok(())
}

/// Index names are unique in a database, so each generation of a table has its own.
async fn create_indexes(
    connection: &mut AnyConnection,
    dialect: Dialect,
    table: &Table,
    generation: i64,
    unique: bool,
) -> Result<(), sqlx::Error> {
    let kind = if unique { "UNIQUE INDEX" } else { "INDEX" };
    let shadow = shadow_of(table);
    let indexes = indexes_of(connection, dialect, table).await?;
    let numbered = indexes.iter().enumerate();
    for (number, index) in numbered.filter(|(_, index)| index.is_unique() == unique) {
        let columns = from_parenthesis(&index.sql);
        let name = format!("{}_{generation}_{number}", table.name);
        execute(
            connection,
            &format!("CREATE {kind} {name} ON {shadow} {columns}"),
        )
        .await?;
    }
    Ok(())
}

struct Index {
    name: String,
    sql: String,
}

impl Index {
    fn is_unique(&self) -> bool {
        self.sql.contains("UNIQUE")
    }
}

/// The live table's indexes. SQLite's unique ones are part of the table itself.
async fn indexes_of(
    connection: &mut AnyConnection,
    dialect: Dialect,
    table: &Table,
) -> Result<Vec<Index>, sqlx::Error> {
    let sql = match dialect {
        Dialect::Sqlite => {
            "SELECT name, sql FROM sqlite_master \
             WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name"
        }
        Dialect::Postgres => {
            "SELECT indexname::text AS name, indexdef AS sql FROM pg_indexes \
             WHERE schemaname = current_schema() AND tablename = $1 ORDER BY indexname"
        }
    };
    let rows = sqlx::query(sql)
        .bind(table.name)
        .fetch_all(&mut *connection)
        .await?;
    let index = |row| {
        let columns = Columns(row);
        Ok(Index {
            name: columns.text("name")?,
            sql: columns.text("sql")?,
        })
    };
    rows.iter().map(index).collect()
}

fn shadow_of(table: &Table) -> String {
    crate::projector::Place::Shadow.of(table.name)
}

/// The columns of a `CREATE TABLE` or `CREATE INDEX`, in parentheses.
fn from_parenthesis(sql: &str) -> &str {
    sql.find('(').map_or("", |at| &sql[at..])
}

async fn execute(connection: &mut AnyConnection, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::query(sql)
        .persistent(false)
        .execute(connection)
        .await?;
    Ok(())
}
