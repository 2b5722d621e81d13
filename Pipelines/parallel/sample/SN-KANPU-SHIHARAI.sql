SELECT CAST(substr(支払年月日, 1, 4) AS INTEGER) - (substr(支払年月日, 6, 2) < '04') AS 支払年度, count(*) AS "旧.支出命令件数",
  sum(還付充当額_本税 + 還付充当額_延滞金 + 還付加算金) AS "旧.支出命令額", count(*) AS "新.支払件数",
  sum(還付充当額_本税 + 還付充当額_延滞金 + 還付加算金) AS "新.支払額"
FROM 収納_過誤納 WHERE 還付充当区分 IN ('1', '3') AND 状態 = '2' GROUP BY 1 ORDER BY 1
