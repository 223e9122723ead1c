package cn.ganye.server.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.json.JacksonJsonView;

/**
 * What is refused before any endpoint is reached. A browser that asks for a page gets the pages'
 * own answer, everybody else a problem.
 */
@Controller
class Errors implements ErrorController {
  @RequestMapping("/error")
  ModelAndView error(HttpServletRequest request) {
    Object said = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status =
        said instanceof Integer number && HttpStatus.resolve(number) != null
            ? Objects.requireNonNull(HttpStatus.resolve(number))
            : HttpStatus.INTERNAL_SERVER_ERROR;
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    String accept = String.valueOf(request.getHeader("Accept"));
    if (status == HttpStatus.NOT_FOUND && !path.startsWith("/api/") && accept.contains("html")) {
      ModelAndView page = new ModelAndView("forward:/index.html");
      page.setStatus(status);
      return page;
    }
    JacksonJsonView view = new JacksonJsonView();
    view.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    ModelAndView problem = new ModelAndView(view);
    problem.setStatus(status);
    problem.addObject("status", status.value());
    problem.addObject("title", status.is4xxClientError() ? "请求无法处理" : "系统内部错误");
    problem.addObject("code", status.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    problem.addObject("next", status.is4xxClientError() ? "核对地址后重试" : "稍后重试；持续出现请联系管理员");
    return problem;
  }
}
