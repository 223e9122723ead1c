package cn.ganye.pool.intake;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses the blocks of one file ahead on several threads and gives the batches out in order. */
final class Pipeline implements LoadRows.Batches, AutoCloseable {
  private final Blocks blocks;
  private final ExecutorService parsers;
  private final int ahead;
  private final Supplier<RecordParser> fresh;
  private final Queue<RecordParser> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Future<Batch>> queue = new ArrayDeque<>();
  private boolean first = true;
  private boolean ended;

  /**
   * @param ahead blocks that are being parsed at one time, at most
   * @param fresh makes a parser for one more thread
   */
  Pipeline(Blocks blocks, ExecutorService parsers, int ahead, Supplier<RecordParser> fresh) {
    this.blocks = blocks;
    this.parsers = parsers;
    this.ahead = ahead;
    this.fresh = fresh;
  }

  /** Reads blocks until enough are being parsed. */
  void readAhead() throws IOException {
    while (!ended && queue.size() < ahead) {
      Block block = blocks.next();
      if (block == null) {
        ended = true;
        break;
      }
      boolean head = first;
      first = false;
      queue.add(parsers.submit(() -> parse(block, head)));
    }
  }

  @Override
  public @Nullable Batch next() throws Exception {
    readAhead();
    Future<Batch> oldest = queue.poll();
    if (oldest == null) {
      return null;
    }
    try {
      return oldest.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Batch parse(Block block, boolean head) {
    RecordParser parser = idle.poll();
    if (parser == null) {
      parser = fresh.get();
    }
    Batch batch = parser.parse(block, head);
    idle.add(parser);
    return batch;
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
