package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryGateTest {
  @TempDir static Path folder;
  static Sample sample;

  @BeforeAll
  static void build() throws Exception {
    sample = new Sample(folder).people(2).month(202301, 1);
    sample.build();
  }

  @Test
  void lets_a_select_over_marts_through() {
    assertThat(
            sample.query(
                "WITH s AS (SELECT * FROM stock) SELECT SUM(people) FROM s WHERE region_by = 'hukou'"))
        .containsExactly("2");
    assertThat(
            sample.query(
                "SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 'stock'"))
        .containsExactly("11");
    assertThat(sample.query("SELECT i FROM range(2) t(i)")).containsExactly("0", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1; SELECT 2",
        "DROP TABLE stock",
        "COPY stock TO '/tmp/x'",
        "ATTACH '/tmp/x'",
        "SET threads = 1",
        "PRAGMA database_list",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM 'marts/stock/*.parquet'",
        "SELECT * FROM parquet_scan('x')",
        "SELECT getenv('HOME')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('stock')",
        "SELECT current_setting('temp_directory')",
        "SELECT (SELECT COUNT(*) FROM read_csv('/etc/passwd'))",
        "WITH x AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM x",
        "CREATE TABLE t AS SELECT 1",
        "EXPLAIN ANALYZE SELECT 1",
        "DESCRIBE stock",
        "CALL pragma_version()",
        "SELECT * FROM stock JOIN '/etc/passwd' ON TRUE",
        "EXPORT DATABASE '/tmp/x'",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pg_catalog.pg_settings",
        "SELECT * FROM system.information_schema.tables",
        "DELETE FROM stock",
        "SELECT * FROM vault"
      })
  void refuses_an_attacker(String sql) {
    assertThatThrownBy(() -> sample.query(sql))
        .isInstanceOfSatisfying(
            PoolProblem.class, p -> assertThat(p.kind).isEqualTo(PoolProblem.Kind.USE));
  }
}
