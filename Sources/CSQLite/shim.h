#include <sqlite3.h>

/* sqlite3_db_config takes a variable number of arguments, which Swift cannot call. */
static inline int totsugo_sqlite_refuse_quoted_texts(sqlite3 *database) {
  int off = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
  return off != SQLITE_OK ? off : sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
}
