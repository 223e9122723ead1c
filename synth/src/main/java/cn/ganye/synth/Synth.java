package cn.ganye.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes a synthetic province: the answer key first, then the files of each office. */
public final class Synth {
  private Synth() {}

  /** The answer key's folder among the files. */
  public static Path answer(Path folder) {
    return folder.resolve("_answer");
  }

  /** Whether the files of a folder were made here: its answer key is there. */
  public static boolean made(Path folder) {
    return Files.isDirectory(answer(folder));
  }

  /** Files and records written. */
  public record Result(long files, long records) {}

  /** Hears how far the writing has come. */
  @FunctionalInterface
  public interface Listener {
    /** So many of so many cities are written, with so many records. */
    void city(int done, int of, long records);
  }

  /**
   * Writes the province.
   *
   * @param listener hears of each city that is written
   */
  public static Result make(SynthOptions options, Listener listener)
      throws IOException, InterruptedException {
    Settings settings = new Settings();
    List<City> cities = City.of(options.people(), settings);
    Shocks shocks = new Shocks(options.first(), options.months());
    Employers employers = new Employers(cities, options.seed(), shocks, options.months());
    Careers careers =
        new Careers(cities, employers, settings, shocks, options.first(), options.months());
    Path answer = Files.createDirectories(answer(options.out()));
    try (ExecutorService threads = Executors.newFixedThreadPool(options.threads())) {
      List<Callable<List<Life>>> making = new ArrayList<>();
      for (City city : cities) {
        making.add(() -> new Lives(city, careers, settings, options.first(), options.seed()).all());
      }
      List<List<Life>> lives = all(threads, making);
      AnswerKey.write(options, lives);
      new RegisterKey(options, new Registers(options, settings)).write(lives, answer);
      shocks.write(answer.resolve("shocks.csv"));
      List<List<Life>> workers = workersByCity(lives, cities.size());
      long[] done = new long[2];
      List<Callable<OfficeFiles.Written>> writing = new ArrayList<>();
      for (City city : cities) {
        writing.add(
            () -> {
              OfficeFiles.Written written =
                  new OfficeFiles(
                          options,
                          settings,
                          city,
                          employers,
                          shocks,
                          lives.get(city.index()),
                          workers.get(city.index()))
                      .write();
              synchronized (done) {
                done[0]++;
                done[1] += written.records();
                listener.city((int) done[0], cities.size(), done[1]);
              }
              return written;
            });
      }
      List<OfficeFiles.Written> written = all(threads, writing);
      AnswerKey.faults(options, written.stream().flatMap(w -> w.faults().stream()).toList());
      return new Result(
          written.stream().mapToLong(OfficeFiles.Written::files).sum(),
          written.stream().mapToLong(OfficeFiles.Written::records).sum());
    }
  }

  /**
   * People with a job, by the city of the employer; each once per city, in the order of their home
   * cities.
   */
  private static List<List<Life>> workersByCity(List<List<Life>> lives, int cities) {
    List<List<Life>> workers = new ArrayList<>();
    for (int i = 0; i < cities; i++) {
      workers.add(new ArrayList<>());
    }
    for (List<Life> city : lives) {
      for (Life life : city) {
        boolean[] added = new boolean[cities];
        for (Life.Spell spell : life.spells) {
          Employer employer = spell.employer();
          if (employer != null && !added[employer.city()]) {
            added[employer.city()] = true;
            workers.get(employer.city()).add(life);
          }
        }
      }
    }
    return workers;
  }

  private static <T> List<T> all(ExecutorService threads, List<Callable<T>> tasks)
      throws IOException, InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : threads.invokeAll(tasks)) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }
}
