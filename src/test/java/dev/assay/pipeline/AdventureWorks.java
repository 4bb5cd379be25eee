package dev.assay.pipeline;

import dev.assay.cli.TestProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The AdventureWorks pipeline on a test project, and its numbers computed another way. */
public final class AdventureWorks {
  static final String STATEMENT =
      "SELECT * FROM lake.semantic.rate_changes_by_department_year ORDER BY 1, 2, 3";

  /** Two of four people are current; Ann was in two departments and had two changes of pay. */
  public static final Map<String, String> SMALL =
      Map.of(
          "Department.csv",
          """
          departmentid,name,groupname,modifieddate
          1,Engineering,Research,2008-04-30 00:00:00
          2,"Sales, North",Sales,2008-04-30 00:00:00
          """,
          "Shift.csv",
          """
          shiftid,name,starttime,endtime,modifieddate
          1,Day,07:00:00.0000000,15:00:00.0000000,2008-04-30 00:00:00
          2,Night,23:00:00.0000000,07:00:00.0000000,2008-04-30 00:00:00
          """,
          "Employee.csv",
          """
          businessentityid,nationalidnumber,loginid,organizationnode,organizationlevel,jobtitle,birthdate,maritalstatus,gender,hiredate,salariedflag,vacationhours,sickleavehours,currentflag,rowguid,modifieddate
          1,111,works\\ann,58,1,Engineer,1980-01-29,S,F,2009-01-14,1,99,69,1,A1,2014-06-30 00:00:00
          2,222,works\\bob,59,2,Engineer,1981-01-29,M,M,2009-01-14,1,9,6,0,A2,2014-06-30 00:00:00
          3,333,works\\cia,5A,2,Seller,1982-01-29,S,F,2009-01-14,0,9,6,1,A3,2014-06-30 00:00:00
          4,444,works\\dan,5B,2,Seller,1983-01-29,M,M,2009-01-14,0,9,6,1,A4,2014-06-30 00:00:00
          """,
          "EmployeeDepartmentHistory.csv",
          """
          businessentityid,departmentid,shiftid,startdate,enddate,modifieddate
          1,1,1,2009-01-14,2010-05-30,2010-05-28 00:00:00
          1,2,2,2010-05-31,,2010-05-30 00:00:00
          2,1,1,2009-01-14,,2009-01-13 00:00:00
          3,2,1,2009-01-14,,2009-01-13 00:00:00
          4,2,1,2009-01-14,,2009-01-13 00:00:00
          """,
          "EmployeePayHistory.csv",
          """
          businessentityid,ratechangedate,rate,payfrequency,modifieddate
          1,2009-01-14 00:00:00,25.5000,2,2014-06-30 00:00:00
          1,2011-12-31 00:00:00,63.4615,2,2014-06-30 00:00:00
          2,2009-01-14 00:00:00,13.4615,2,2014-06-30 00:00:00
          3,2009-02-14 00:00:00,9.50,1,2014-06-30 00:00:00
          4,2009-03-14 00:00:00,9.75,1,2014-06-30 00:00:00
          """);

  static final List<String> SMALL_RESULT =
      List.of(
          "Engineering|2009|Day|1",
          "Engineering|2011|Day|1",
          "Sales, North|2009|Day|2",
          "Sales, North|2009|Night|1",
          "Sales, North|2011|Night|1");

  private AdventureWorks() {}

  /** Copies the shipped pipeline and rulesets into a project. */
  public static void ship(TestProject project) throws IOException {
    for (String folder : List.of("jobs/adventureworks", "rulesets")) {
      try (Stream<Path> walk = Files.walk(Path.of(folder))) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          project.file(file.toString(), Files.readString(file));
        }
      }
    }
  }

  /** The statement by loops over the files, in the order of the query. */
  static List<String> expected(Path raw) {
    Map<String, String> departments = names(raw.resolve("Department.csv"), "departmentid");
    Map<String, String> shifts = names(raw.resolve("Shift.csv"), "shiftid");
    Set<String> current = new HashSet<>();
    for (CSVRecord employee : read(raw.resolve("Employee.csv"))) {
      if (employee.get("currentflag").equals("1")) {
        current.add(employee.get("businessentityid"));
      }
    }
    List<CSVRecord> changes = read(raw.resolve("EmployeePayHistory.csv"));
    Map<List<String>, Integer> counts = new TreeMap<>((one, other) -> compare(one, other));
    for (CSVRecord history : read(raw.resolve("EmployeeDepartmentHistory.csv"))) {
      String person = history.get("businessentityid");
      for (CSVRecord change : changes) {
        if (current.contains(person) && change.get("businessentityid").equals(person)) {
          counts.merge(
              List.of(
                  String.valueOf(departments.get(history.get("departmentid"))),
                  change.get("ratechangedate").substring(0, 4),
                  String.valueOf(shifts.get(history.get("shiftid")))),
              1,
              Integer::sum);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    counts.forEach((key, count) -> lines.add(String.join("|", key) + "|" + count));
    return lines;
  }

  private static int compare(List<String> one, List<String> other) {
    for (int index = 0; index < one.size(); index++) {
      int order = one.get(index).compareTo(other.get(index));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static Map<String, String> names(Path file, String key) {
    Map<String, String> names = new HashMap<>();
    read(file).forEach(record -> names.put(record.get(key), record.get("name")));
    return names;
  }

  private static List<CSVRecord> read(Path file) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format)) {
      return parser.getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
