package dev.assay.reports;

import dev.assay.rules.testing.CaseResult;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Tests of rulesets as JUnit test cases, a suite per file, for the test view of a CI server. */
public final class CaseJUnitReport {
  private CaseJUnitReport() {}

  public static String of(Map<Path, List<CaseResult>> byFile) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (Map.Entry<Path, List<CaseResult>> file : byFile.entrySet()) {
        suite(file.getKey(), file.getValue(), xml);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory failed", e);
    }
    return text.toString();
  }

  private static void suite(Path file, List<CaseResult> results, XMLStreamWriter xml)
      throws XMLStreamException {
    long wrong = results.stream().filter(result -> !result.asExpected()).count();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", file.toString());
    xml.writeAttribute("tests", String.valueOf(results.size()));
    xml.writeAttribute("failures", String.valueOf(wrong));
    xml.writeAttribute("errors", "0");
    for (CaseResult result : results) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", file.toString());
      xml.writeAttribute("name", result.testCase().name());
      if (!result.asExpected()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", result.difference().orElse(""));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
