SELECT 決定年月日 AS 決裁日, count(*) AS "旧.決裁件数", sum(還付充当区分 = '1') AS 還付通知件数, sum(還付充当区分 = '2') AS 充当通知件数
FROM 収納_過誤納 WHERE 決定年月日 <> '0000-00-00' AND 還付充当区分 IN ('1', '2') GROUP BY 1 ORDER BY 1
