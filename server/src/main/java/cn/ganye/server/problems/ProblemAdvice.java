package cn.ganye.server.problems;

import cn.ganye.pool.DiskTrouble;
import cn.ganye.pool.PoolProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerMapping;

/** Says every failure as a problem; what nobody foresaw is logged under a number, and only that. */
@RestControllerAdvice
class ProblemAdvice {
  /** PostgreSQL's disk_full. */
  private static final String DISK_FULL_STATE = "53100";

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(Problem problem) {
    return answer(detail(problem));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> ofThePool(PoolProblem problem) {
    HttpStatus status =
        problem.kind == PoolProblem.Kind.USE ? HttpStatus.CONFLICT : HttpStatus.SERVICE_UNAVAILABLE;
    LOG.warn("the pool: {} at {}", problem.code, problem.place);
    return answer(
        detail(Problem.of(status, problem.code, "数据池暂不可用：" + problem.code, "请管理员查看数据池状态")));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongType(MethodArgumentTypeMismatchException failure) {
    return answer(detail(Problem.invalid(new Problem.Fault(failure.getName(), "格式不对"))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> missing(MissingServletRequestParameterException failure) {
    return answer(detail(Problem.invalid(new Problem.Fault(failure.getParameterName(), "必填"))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> brokenParameters(InvalidParameterException failure) {
    return answer(detail(Problem.invalid(new Problem.Fault("parameters", "地址里的参数无法读取"))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException failure) {
    return answer(detail(Problem.invalid(new Problem.Fault("body", "不是所需的 JSON"))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException failure) {
    return answer(
        detail(
            Problem.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "file-too-large",
                "文件超过 1 GB",
                "拆成几个文件，或放进数据目录由构建读取")));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> brokenUpload(MultipartException failure) {
    return diskFull(failure)
        ? answer(detail(diskFull()))
        : answer(detail(Problem.invalid(new Problem.Fault("file", "上传的内容或文件名无法读取"))));
  }

  private static Problem diskFull() {
    LOG.warn("a disk is full");
    return Problem.of(
        HttpStatus.INSUFFICIENT_STORAGE, "disk-full", "服务器磁盘已满，这次操作没有保存", "请管理员腾出空间后重试");
  }

  /** Whether a file system, or the database, says that there is no room left. */
  private static boolean diskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && DISK_FULL_STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return DiskTrouble.isFull(failure);
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    TransactionSystemException.class,
    RecoverableDataAccessException.class,
    DataAccessResourceFailureException.class
  })
  ResponseEntity<ProblemDetail> databaseAway(Exception failure) {
    if (diskFull(failure)) {
      return answer(detail(diskFull()));
    }
    LOG.warn("the database does not answer: {}", failure.getClass().getSimpleName());
    return answer(
        detail(
            Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE, "database-away", "数据库暂时没有响应", "稍后重试；持续出现请联系管理员")));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unforeseen(Exception failure, HttpServletRequest request) {
    if (failure instanceof ErrorResponse known) {
      HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
      return answer(detail(Problem.of(status, code(status), "请求无法处理", "核对地址与方法后重试")));
    }
    if (diskFull(failure)) {
      return answer(detail(diskFull()));
    }
    String number = UUID.randomUUID().toString().substring(0, 8);
    LOG.error(
        "failure {}: {} in {} of {}",
        number,
        failure.getClass().getSimpleName(),
        frames(failure),
        request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    return answer(
        detail(
            Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "系统内部错误（编号 " + number + "）",
                "请把编号告诉管理员")));
  }

  private static String code(HttpStatus status) {
    return status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Where it happened, in our own code; the message is left out, since it may quote data. */
  private static String frames(Throwable failure) {
    Throwable root = failure.getCause() == null ? failure : failure.getCause();
    return Arrays.stream(root.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("cn.ganye"))
        .limit(4)
        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
        .collect(Collectors.joining(" < ", root.getClass().getSimpleName() + " at ", ""));
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail) {
    return ResponseEntity.status(detail.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
  }

  private static ProblemDetail detail(Problem problem) {
    ProblemDetail detail = ProblemDetail.forStatus(problem.status());
    detail.setTitle(problem.getMessage());
    detail.setProperty("code", problem.code());
    detail.setProperty("next", problem.next());
    if (problem.link() != null) {
      detail.setProperty("link", problem.link());
    }
    if (!problem.faults().isEmpty()) {
      detail.setProperty("faults", problem.faults());
    }
    return detail;
  }
}
