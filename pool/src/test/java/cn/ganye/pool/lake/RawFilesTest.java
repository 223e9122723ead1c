package cn.ganye.pool.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.identity.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFilesTest {
  @TempDir Path folder;

  @Test
  void the_files_asked_for_come_back_as_they_were() throws Exception {
    Vault vault = Vault.open(Files.createDirectory(folder.resolve("vault")));
    Path first = Files.writeString(folder.resolve("first"), "1,2\n");
    byte[] many = new byte[3_000_000];
    new Random(1).nextBytes(many);
    Path second = Files.write(folder.resolve("second"), many);
    Path bundle = folder.resolve("bundle.sealed");
    try (RawFiles.Bundle out = new RawFiles.Bundle(vault, bundle)) {
      out.add("a/first.csv", first);
      out.add("second.csv", second);
    }
    Path into = folder.resolve("out");
    RawFiles.unpack(vault, bundle, Set.of("second.csv"), into);
    assertThat(into.resolve("second.csv")).hasSameBinaryContentAs(second);
    assertThat(into.resolve("a/first.csv")).doesNotExist();
  }

  @Test
  void a_file_that_the_disk_cannot_read_is_named_and_not_the_pool() throws Exception {
    Vault vault = Vault.open(Files.createDirectory(folder.resolve("vault")));
    Path unreadable = Files.createDirectory(folder.resolve("sent.csv"));
    try (RawFiles.Bundle out = new RawFiles.Bundle(vault, folder.resolve("bundle.sealed"))) {
      assertThatThrownBy(() -> out.add("sent.csv", unreadable))
          .isInstanceOfSatisfying(
              PoolProblem.class,
              problem -> {
                assertThat(problem.code).isEqualTo("file-unreadable");
                assertThat(problem.place).isEqualTo(unreadable.toString());
              });
    }
  }
}
