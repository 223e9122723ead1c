package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a house of its own: a real JDK, and a Maven that compiles the one class there is
 * and notes that it was called.
 */
class LauncherTest {
  @TempDir Path home;

  private record Ran(int status, String out, String err) {}

  @BeforeEach
  void furnish() throws IOException {
    Files.copy(Path.of("../ganye"), home.resolve("ganye"));
    assertThat(home.resolve("ganye").toFile().setExecutable(true)).isTrue();
    write("pom.xml", "<project/>");
    write("cli/pom.xml", "<project/>");
    write("reference/divisions/package.json", "{}");
    write(
        "cli/src/main/java/cn/ganye/cli/Main.java",
        """
        package cn.ganye.cli;
        class Main {
          public static void main(String[] words) {
            System.out.println(String.join("|", words));
            System.exit(words.length);
          }
        }
        """);
    maven(
        "\"$JAVA_HOME/bin/javac\" -d cli/target/classes cli/src/main/java/cn/ganye/cli/Main.java"
            + " && \"$JAVA_HOME/bin/jar\" -c -f cli/target/cli-1.jar -C cli/target/classes .");
  }

  @Test
  void builds_once_and_passes_words_and_status_on() throws Exception {
    Ran first = ganye("pool", "query", "SELECT 'a b'");
    assertThat(first.out()).isEqualTo("pool|query|SELECT 'a b'\n");
    assertThat(first.status()).isEqualTo(3);
    assertThat(first.err()).contains("building");
    assertThat(ganye("help").err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void builds_again_when_sources_changed() throws Exception {
    ganye("help");
    write("cli/src/main/resources/words.txt", "other");
    ganye("help");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void runs_from_any_folder() throws Exception {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    assertThat(run(elsewhere, "../ganye", "help").out()).isEqualTo("help\n");
  }

  @Test
  void a_build_on_spark_has_its_jars_and_what_it_asks_of_the_jvm() throws Exception {
    write("engine-spark/jvm.options", "-Dasked.of.jvm=yes");
    write("engine-spark/target/engine-spark-1.jar", "");
    write("cli/target/lib/logback-1.jar", "");
    write(
        "cli/src/main/java/cn/ganye/cli/Main.java",
        """
        package cn.ganye.cli;
        class Main {
          public static void main(String[] words) {
            String path = System.getProperty("java.class.path");
            System.out.println(System.getProperty("asked.of.jvm") + " "
                + path.contains("engine-spark-1.jar") + " " + path.contains("logback"));
          }
        }
        """);
    assertThat(ganye("pool", "build", "--engine", "spark").out()).isEqualTo("yes true false\n");
    assertThat(ganye("pool", "build", "--engine=spark").out()).isEqualTo("yes true false\n");
    assertThat(ganye("pool", "build", "--engine", "duckdb").out()).isEqualTo("null false true\n");
  }

  @Test
  void only_a_large_heap_has_its_young_bounded() throws Exception {
    write(
        "cli/src/main/java/cn/ganye/cli/Main.java",
        """
        package cn.ganye.cli;
        class Main {
          public static void main(String[] words) {
            var told = java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments();
            System.out.println(told.contains("-Xmx716m") + " "
                + told.stream().anyMatch(word -> word.startsWith("-XX:MaxNewSize")));
          }
        }
        """);
    assertThat(ganye("pool", "build", "--memory", "2GiB").out()).isEqualTo("true false\n");
    assertThat(ganye("pool", "build", "--memory=8GiB").out()).isEqualTo("false true\n");
    assertThat(ganye("up", "--memory", "8GiB").out()).isEqualTo("false false\n");
  }

  @Test
  void two_at_once_build_once() throws Exception {
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(start(home, "./ganye", "help"));
    }
    for (Process one : both) {
      assertThat(one.waitFor()).isEqualTo(1);
    }
    assertThat(builds()).hasSize(1);
  }

  @Test
  void a_failed_build_says_where_to_look_and_is_tried_again() throws Exception {
    maven("echo '[ERROR] no such symbol'; exit 1");
    Ran failed = ganye("help");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("no such symbol")
        .contains("[build-failed]")
        .contains("next:");
    ganye("help");
    assertThat(builds()).hasSize(2);
  }

  private void maven(String does) throws IOException {
    write(
        "bin/mvn",
        "#!/bin/sh\necho built >> \"$PWD/builds\"\nmkdir -p cli/target/classes cli/target/lib\n"
            + does
            + "\n");
    assertThat(home.resolve("bin/mvn").toFile().setExecutable(true)).isTrue();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds"));
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Ran ganye(String... words) throws Exception {
    return run(home, "./ganye", words);
  }

  private Ran run(Path folder, String launcher, String... words) throws Exception {
    Process process = start(folder, launcher, words);
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    return new Ran(process.waitFor(), out, err);
  }

  private Process start(Path folder, String launcher, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", home.resolve("bin").toString(), (a, b) -> b + ":" + a);
    return builder.start();
  }
}
